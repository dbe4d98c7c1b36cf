using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Transport.Tests;

public sealed class ExactlyOnceTests
{
    private static readonly string[] Outputs = ["windows", "partials", "late", "dead-letter"];

    [Fact]
    public async Task Published_windows_are_those_of_a_batch_computation_over_the_log()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var scenario = new WindowScenario(seed);
            await scenario.RunToEnd();
            var batch = await scenario.Batch();
            WindowAssert.Equal(batch.Closed(), await scenario.All("windows"));
            Assert.True(batch.Late > 0, "The scenario has no late samples, so it proves little.");
        }
    }

    [Fact]
    public async Task Stage_that_crashes_at_any_append_publishes_the_same_bytes_as_one_that_does_not()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var whole = new WindowScenario(seed);
            await whole.RunToEnd();
            var crashing = new WindowScenario(seed);
            var crashes = await RunWithCrashes(crashing, new Random(seed));
            Assert.True(crashes > 3, "Hardly a crash, so it proves little.");
            foreach (var topic in Outputs)
                Assert.Equal((await whole.All(topic)).Select(r => (r.Key, r.Value)), (await crashing.All(topic)).Select(r => (r.Key, r.Value)));
        }
    }

    [Fact]
    public async Task Hours_and_days_are_made_of_minutes_through_crashes_and_no_more_than_some_minutes_are_read_again()
    {
        var windows = LongWindows.Resolve(
        [
            new() { Name = "minute", Metric = "load.*", By = ["region"], Size = TimeSpan.FromMinutes(1) },
            new() { Name = "hour", Of = "minute", Size = TimeSpan.FromHours(1), Slide = TimeSpan.FromMinutes(10) },
            new() { Name = "day", Of = "minute", Size = TimeSpan.FromDays(1), Slide = TimeSpan.FromHours(6), Statistics = new() { Baseline = TimeSpan.FromDays(1) } },
        ]);
        var scenario = new WindowScenario(1, records: 9000, step: TimeSpan.FromMinutes(1)) { Computed = windows };
        Assert.True(await RunWithCrashes(scenario, new Random(1), oneIn: 1000) > 3, "Hardly a crash, so it proves little.");

        var closed = (await scenario.Batch()).Closed();
        Assert.True(closed.Keys.Count(k => k.Window == "day") > 15, "Hardly a day, so it proves little.");
        WindowAssert.Equal(closed, await scenario.All("windows"));
        for (var partition = 0; partition < WindowScenario.Partitions; partition++)
        {
            var progress = await scenario.Log.LastProgressAsync("progress", "windows", partition, default);
            Assert.InRange(progress!.PublishedThrough - progress.RewindTo, -1, 100);
        }
    }

    [Fact]
    public async Task Outputs_do_not_depend_on_how_the_input_is_cut_into_slices()
    {
        var whole = new WindowScenario(7);
        await whole.RunToEnd();
        var random = new Random(7);
        var cut = new WindowScenario(7);
        cut.Log.SliceRecords = () => random.Next(1, 20);
        await cut.RunToEnd();
        foreach (var topic in Outputs)
            Assert.Equal((await whole.All(topic)).Select(r => (r.Key, r.Value)), (await cut.All(topic)).Select(r => (r.Key, r.Value)));
    }

    [Fact]
    public async Task Ledger_balances_in_every_row()
    {
        var scenario = new WindowScenario(3);
        await scenario.RunToEnd();
        var rows = scenario.Ledger.Read();
        Assert.All(rows, row => Assert.Equal(0, row.Difference));
        Assert.True(rows.Single(r => r.Name == "window series").Late > 0);
        Assert.True(rows.Single(r => r.Name == "window all").Filtered > 0);
        Assert.True(rows.Single(r => r.Name == "merge all").Out > 0);
    }

    [Fact]
    public async Task Ledger_balances_and_holds_nothing_of_runs_that_crashed()
    {
        var scenario = new WindowScenario(4);
        var ledger = scenario.Ledger;
        scenario.Log.SliceRecords = () => 50;
        var appends = 0;
        scenario.Log.BeforeAppend = _ => { if (++appends > 10) throw new LogFullException("a test"); };
        await Assert.ThrowsAsync<LogFullException>(() => scenario.RunToEnd(ledger: ledger));
        Assert.All(ledger.Read(), row => Assert.Equal((0, 0), (row.Difference, row.Held)));
        scenario.Log.BeforeAppend = null;
        await scenario.RunToEnd(ledger: ledger);
        Assert.All(ledger.Read(), row => Assert.Equal((0, 0), (row.Difference, row.Held)));
        Assert.True(ledger.Read().Single(r => r.Name == "window hops").Out > 0);
    }

    [Fact]
    public async Task Window_added_later_begins_whole_and_leaves_the_others_alone()
    {
        var scenario = new WindowScenario(5);
        var before = WindowScenario.Windows.Take(1).ToList();
        var appends = 0;
        scenario.Log.SliceRecords = () => 20;
        scenario.Log.BeforeAppend = _ => { if (++appends > 20) throw new LogFullException("a test"); };
        await Assert.ThrowsAsync<LogFullException>(() => scenario.RunToEnd(before));
        scenario.Log.BeforeAppend = null;
        await scenario.RunToEnd();

        var published = await scenario.All("windows");
        var expected = (await scenario.Batch()).Closed();
        var added = published.Where(r => !r.Value.Contains("\"window\":\"series\"")).ToList();
        Assert.NotEmpty(added);
        var first = added.Min(End);
        WindowAssert.Equal(
            BatchWindow.Compared(expected.Where(e => e.Key.Window == "series" || e.Key.End >= FirstEnd(added, e.Key.Window)).ToDictionary()), published);
        Assert.True(first > expected.Keys.Where(k => k.Window != "series").Min(k => k.End), "The window did not begin later, so this proves little.");
    }

    [Fact]
    public async Task Window_whose_records_retention_deleted_is_not_published_in_part()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var scenario = new WindowScenario(seed);
            scenario.Log.SliceRecords = () => 20;
            var appends = 0;
            scenario.Log.BeforeAppend = _ => { if (++appends > 20) throw new LogFullException("a test"); };
            await Assert.ThrowsAsync<LogFullException>(() => scenario.RunToEnd());
            scenario.Log.BeforeAppend = null;
            var expected = (await scenario.Batch()).Closed();
            var deleted = (int)(await scenario.Log.StateOf(Input(0))).End / 2;
            scenario.Log.Truncate(Input(0), deleted);
            var before = (await scenario.All("windows")).Select(KeyOf).ToHashSet();
            await scenario.RunToEnd();

            var published = (await scenario.All("windows")).Where(r => !before.Contains(KeyOf(r))).ToList();
            var keys = published.Select(KeyOf).ToHashSet();
            Assert.True(keys.Count + before.Count < expected.Count, "Nothing was left out, so this proves little.");
            Assert.True(keys.Count > expected.Count / 4, "Hardly anything was published, so this proves little.");
            var there = BatchWindow.Compared(expected.Where(e => keys.Contains(e.Key) || before.Contains(e.Key)).ToDictionary());
            WindowAssert.Equal(there.Where(e => keys.Contains(e.Key)).ToDictionary(), published);
        }
    }

    private static TopicPartition Input(int partition) => new("observations", partition);

    private static WindowKey KeyOf(ReadRecord record)
    {
        var result = System.Text.Json.JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult)!;
        return new WindowKey(result.Window, result.Metric, result.Labels.ToString(), result.End);
    }

    private static long FirstEnd(List<ReadRecord> records, string window) => records.Where(r => r.Value.Contains($"\"window\":\"{window}\"")).Min(End);

    private static long End(ReadRecord record) => System.Text.Json.JsonDocument.Parse(record.Value).RootElement.GetProperty("end").GetInt64();

    private static async Task<int> RunWithCrashes(WindowScenario scenario, Random random, int oneIn = 30)
    {
        scenario.Log.SliceRecords = () => random.Next(1, 100);
        scenario.Limits = new StageLimits(MaxRecords: 3, MaxQuietInputs: 50);
        scenario.Log.BeforeAppend = _ => { if (random.Next(oneIn) == 0) throw new LogFullException("a test"); };
        for (var crashes = 0; ; crashes++)
        {
            scenario.Limits = scenario.Limits with { MaxAge = random.Next(2) * TimeSpan.FromDays(1) };
            try
            {
                await scenario.RunToEnd();
                return crashes;
            }
            catch (LogFullException)
            {
            }
        }
    }
}
