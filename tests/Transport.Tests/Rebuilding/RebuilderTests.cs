using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Transport.Tests.Rebuilding;

public sealed class RebuilderTests
{
    private const int Seconds = 180;
    private static readonly IReadOnlyList<WindowOptions> Windows = RebuildScenario.Windows;
    private static readonly WindowOptions Hops = Windows[1];

    public static TheoryData<string> Names => [.. Windows.Select(w => w.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task What_was_rightly_published_is_left_alone_to_the_byte(string name)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var scenario = await Run(seed);
            var summary = await scenario.RebuildAsync(Of(name));
            Assert.True(summary is { Missing: 0, Different: 0, TakenBack: 0, Nothing: null, Unreadable: 0 }, $"{seed}: {summary}");
            Assert.True(summary.LeftAlone > 50 && (summary.NotFinal > 0 || name != "hops"), $"{summary}");
            Assert.True((await scenario.ResultsAsync(Of(name))).Any(r => r.Value.Contains("\"revision\":2")) || name == "crowded", "Nothing was corrected, so this proves little.");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Results_that_were_lost_are_published_as_they_were(string name)
    {
        var (whole, scenario) = (await Run(1), await Run(1));
        var random = new Random(1);
        await scenario.LoseAsync(_ => random.Next(3) == 0);
        var summary = await scenario.RebuildAsync(Of(name));
        Assert.True(summary is { Missing: > 20, Nothing: null }, $"{summary}");
        Assert.Equal(Last(await whole.ResultsAsync(Of(name)), summary), Last(await scenario.ResultsAsync(Of(name)), summary));
        await NothingIsLeftToDo(scenario, Of(name));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Window_that_is_added_later_gets_its_past_as_a_batch_computation_has_it(string name)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var scenario = await new RebuildScenario(seed).ObserveAsync(Seconds);
            await scenario.ProcessAsync(Windows.Where(w => w.Name != name && w.Of != name));
            await (await scenario.ObserveAsync(Seconds)).RestAsync();
            await scenario.ProcessAsync(Windows);
            var summary = await scenario.RebuildAsync(Of(name));
            Assert.True(summary is { Missing: > 100, Different: 0, TakenBack: 0 }, $"{summary}");
            if (name != "crowded") await ResultsAreThoseOfABatch(scenario, Of(name), summary.First);
            await NothingIsLeftToDo(scenario, Of(name));
        }
    }

    [Fact]
    public async Task Ends_that_a_changed_slide_does_not_have_are_taken_back_and_the_others_corrected()
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var scenario = await new RebuildScenario(seed).ObserveAsync(Seconds);
            await scenario.ProcessAsync(Hops);
            await (await scenario.ObserveAsync(Seconds)).RestAsync();
            var changed = Hops with { Slide = TimeSpan.FromSeconds(3), Size = TimeSpan.FromSeconds(12) };
            await scenario.ProcessAsync(changed);
            var summary = await scenario.RebuildAsync(changed);
            Assert.True(summary is { Missing: > 20, Different: > 20, TakenBack: > 20 }, $"{summary}");
            await ResultsAreThoseOfABatch(scenario, changed, summary.First);
            await NothingIsLeftToDo(scenario, changed);

            await scenario.ProcessAsync(Hops);
            await (await scenario.ObserveAsync(Seconds)).RestAsync();
            await scenario.ProcessAsync(Hops);
            summary = await scenario.RebuildAsync(Hops);
            Assert.True(summary is { Different: > 40, TakenBack: > 20 }, $"Those taken back are not back: {summary}");
            await ResultsAreThoseOfABatch(scenario, Hops, summary.First);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public async Task Rebuild_that_is_killed_at_any_append_and_run_again_ends_as_one_that_is_not(string name)
    {
        var (whole, killed) = (await Run(2), await Run(2));
        foreach (var scenario in new[] { whole, killed })
        {
            var random = new Random(2);
            await scenario.LoseAsync(_ => random.Next(2) == 0);
        }
        var other = Of(name) with { Quantiles = [0.1] };
        await whole.RebuildAsync(other);

        var (kills, left) = (0, 0);
        killed.Log.BeforeAppend = _ => { if (left-- == 0) throw new LogFullException("a test"); };
        for (var isDone = false; !isDone;)
        {
            left = kills / 3 % 4; // at once, after the first, and so on
            try
            {
                await killed.RebuildAsync(other, maxRecords: 40);
                isDone = true;
            }
            catch (LogFullException)
            {
                kills++;
            }
            if (kills > 11) killed.Log.BeforeAppend = null;
        }
        Assert.True(kills > 3, "Hardly a kill, so this proves little.");
        killed.Log.BeforeAppend = null;
        Assert.Equal(Sorted(await whole.ResultsAsync(other)), Sorted(await killed.ResultsAsync(other)));
        await NothingIsLeftToDo(killed, other);
    }

    [Fact]
    public async Task Stages_publish_nothing_any_more_of_what_is_final_whatever_is_changed()
    {
        WindowOptions[] variants =
        [
            Hops, Hops with { Slide = TimeSpan.FromSeconds(3) }, Hops with { Lateness = TimeSpan.FromSeconds(9) }, Hops with { By = ["host"] },
            new() { Name = Hops.Name, Metric = Hops.Metric, By = ["host"], Kind = WindowKind.Session, Size = TimeSpan.FromSeconds(20), Gap = TimeSpan.FromSeconds(1) },
        ];
        for (var seed = 0; seed < 6; seed++)
        {
            var (random, scenario, finals) = (new Random(seed), new RebuildScenario(seed), new List<(long Last, int Published)>());
            for (var round = 0; round < 16; round++)
            {
                await scenario.ObserveAsync(25);
                WindowOptions now = variants[random.Next(variants.Length)], wanted = variants[random.Next(variants.Length)];
                await scenario.ProcessAsync((_, _) => random.Next(3) > 0, now);
                if (await scenario.FinalAsync(wanted) is { } last) finals.Add((last, (await scenario.ResultsAsync(Hops)).Count));
            }
            var results = (await scenario.ResultsAsync(Hops)).OrderBy(r => r.Time).Select(Result).ToList();
            foreach (var (last, published) in finals) Assert.DoesNotContain(results[published..], r => r.End <= last);
            Assert.True(finals[^1].Last - finals[0].Last > 100_000, "Hardly anything became final, so this proves little.");
        }
    }

    [Fact]
    public async Task Passes_over_few_ends_each_come_to_what_one_pass_does()
    {
        foreach (var window in Windows)
        {
            var (whole, passes) = (await Run(3), await Run(3));
            var other = window with { Quantiles = [0.1], Lateness = TimeSpan.FromSeconds(1) };
            var (one, many) = (await whole.RebuildAsync(other), await passes.RebuildAsync(other, maxHeld: 300));
            Assert.Equal(one, many);
            Assert.Equal(Sorted(await whole.ResultsAsync(window)), Sorted(await passes.ResultsAsync(window)));
        }
    }

    [Fact]
    public async Task Rebuild_from_a_time_on_is_right_however_little_of_the_log_it_reads()
    {
        foreach (var window in Windows)
        {
            var scenario = await Run(4);
            var begin = scenario.Now - Seconds * 1000;
            for (var from = begin + 30_000; from < scenario.Now - 90_000; from += 9_001)
            {
                var summary = await scenario.RebuildAsync(window, new RebuildRequest(from, IsDry: false));
                Assert.True(summary is { Missing: 0, Different: 0, TakenBack: 0, LeftAlone: > 0, NotWhole: 0 } && summary.First - from <= (window.Slide ?? window.Size).TotalMilliseconds, $"{window.Name} from {from}: {summary}");
            }
        }
    }

    [Fact]
    public async Task Ends_whose_beginning_the_log_has_lost_are_not_touched()
    {
        foreach (var window in Windows)
        {
            var scenario = await Run(5);
            for (var p = 0; p < RebuildScenario.Partitions; p++) scenario.Log.Truncate(new TopicPartition("observations", p), 300);
            var before = (await scenario.ResultsAsync(window)).Count;
            var summary = await scenario.RebuildAsync(window, new RebuildRequest(scenario.Now - Seconds * 1000, IsDry: false));
            Assert.True(summary is { Missing: 0, Different: 0, TakenBack: 0, LeftAlone: > 0, NotWhole: > 0 }, $"{window.Name}: {summary}");
            Assert.Equal(before, (await scenario.ResultsAsync(window)).Count);
        }
    }

    [Fact]
    public async Task Rebuild_that_retention_overtakes_ends_rather_than_take_what_is_left_for_the_whole()
    {
        var (ended, done, all) = (0, 0, 0);
        for (var step = 0; step <= 20; step++)
        {
            var (scenario, slices) = (await Run(9), 0);
            scenario.Log.SliceRecords = () =>
            {
                if (++slices == all * step / 20 && step > 0) scenario.Log.Truncate(new TopicPartition("observations", 1), 400);
                return 50;
            };
            try
            {
                var summary = await scenario.RebuildAsync(Windows[0], new RebuildRequest(null, IsDry: true));
                Assert.True(summary is { Missing: 0, Different: 0, TakenBack: 0 }, $"Truncated at {step}/20: {summary}");
                done++;
                if (step == 0) all = slices;
            }
            catch (LogUnavailableException)
            {
                ended++;
            }
        }
        Assert.True(ended > 0 && done > 0, $"{ended} ended and {done} done, so this proves little.");
    }

    [Fact]
    public async Task Comparison_with_earlier_days_is_rebuilt_where_the_log_holds_all_of_them()
    {
        var compared = new WindowOptions { Name = "compared", Of = "hops", Size = TimeSpan.FromSeconds(20), Slide = TimeSpan.FromSeconds(10), Statistics = new() { Baseline = TimeSpan.FromDays(2) } };
        var scenario = new RebuildScenario(11);
        for (var day = 0; day < 5; day++) await (await scenario.ObserveAsync(60)).RestAsync(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(60));
        await scenario.ProcessAsync([.. Windows, LongWindows.Resolve([Hops, compared])[1]]);
        var published = Last(await scenario.ResultsAsync(compared), new RebuildSummary { Last = long.MaxValue });
        Assert.Contains(published, r => r.Contains("\"baselineDays\":2"));

        var random = new Random(11);
        await scenario.LoseAsync(_ => random.Next(2) == 0);
        Assert.True(await scenario.RebuildAsync(compared) is { Missing: > 10, TakenBack: 0, NotWhole: 0 });
        Assert.Equal(published, Last(await scenario.ResultsAsync(compared), new RebuildSummary { Last = long.MaxValue }));

        for (var p = 0; p < RebuildScenario.Partitions; p++) scenario.Log.Truncate(new TopicPartition("observations", p), 200);
        var summary = await scenario.RebuildAsync(compared, new RebuildRequest(0, IsDry: false));
        Assert.True(summary is { Missing: 0, Different: 0, TakenBack: 0, LeftAlone: > 10, NotWhole: > 10 }, $"{summary}");
    }

    [Fact]
    public async Task Dry_rebuild_tells_the_same_and_publishes_nothing()
    {
        var scenario = await Run(6);
        await scenario.LoseAsync(r => r.Offset % 2 == 0);
        var before = (await scenario.ResultsAsync(Hops)).Count;
        var dry = await scenario.RebuildAsync(Hops, new RebuildRequest(null, IsDry: true));
        Assert.Equal(before, (await scenario.ResultsAsync(Hops)).Count);
        Assert.True(dry.Missing > 0);
        Assert.Equal(dry, await scenario.RebuildAsync(Hops));
    }

    [Fact]
    public async Task Progress_goes_from_nothing_to_all_also_where_nothing_is_reached_at_first_and_in_several_passes()
    {
        foreach (var maxHeld in (int[])[500_000, 300])
        {
            var (scenario, told) = (await Run(10), new List<RebuildProgress>());
            var summary = await scenario.RebuildAsync(Hops, maxHeld: maxHeld, moved: told.Add);
            Assert.Equal(0, told[0].Share);
            Assert.Equal(summary.First - 1, told[0].At);
            Assert.Equal((1, summary.Last), (told[^1].Share, told[^1].At));
            Assert.Equal(told.Select(p => p.Share).Order(), told.Select(p => p.Share));
        }
    }

    [Fact]
    public async Task Window_is_not_rebuilt_before_the_stages_have_told_of_their_progress()
    {
        var scenario = await new RebuildScenario(7).ObserveAsync(5);
        var summary = await scenario.RebuildAsync(Hops);
        Assert.Contains("windows has told of no watermark on partition 0", summary.Nothing);
    }

    [Fact]
    public async Task Rebuild_ends_an_earlier_one_of_the_same_window()
    {
        var scenario = await Run(8);
        await scenario.LoseAsync(_ => true);
        var isNested = false;
        scenario.Log.BeforeAppend = _ =>
        {
            if (isNested) return;
            isNested = true;
            scenario.Log.OpenAsync("rebuild-hops", default).AsTask().GetAwaiter().GetResult();
        };
        await Assert.ThrowsAsync<FencedException>(() => scenario.RebuildAsync(Hops));
    }

    private static async Task<RebuildScenario> Run(int seed) => await (await new RebuildScenario(seed).ObserveAsync(Seconds)).ProcessAsync(Windows);

    private static WindowOptions Of(string name) => Windows.Single(w => w.Name == name);

    private static async Task NothingIsLeftToDo(RebuildScenario scenario, WindowOptions window)
    {
        var before = (await scenario.ResultsAsync(window)).Count;
        var again = await scenario.RebuildAsync(window);
        Assert.True(again is { Missing: 0, Different: 0, TakenBack: 0, LeftAlone: > 0 }, $"{again}");
        Assert.Equal(before, (await scenario.ResultsAsync(window)).Count);
    }

    private static async Task ResultsAreThoseOfABatch(RebuildScenario scenario, WindowOptions window, long first) => WindowAssert.Equal(
        (await scenario.BatchAsync(window)).Where(w => w.Key.End >= first).ToDictionary(),
        (await scenario.ResultsAsync(window)).Select(Result).Where(r => r.End >= first));

    private static IReadOnlyList<string> Sorted(IReadOnlyList<ReadRecord> records) => [.. records.Select(r => $"{r.Key} {r.Value}").Order(StringComparer.Ordinal)];

    /// <summary>The last results of the ends that were rebuilt, without their revisions.</summary>
    private static IReadOnlyList<string> Last(IReadOnlyList<ReadRecord> records, RebuildSummary of) =>
    [
        .. records.Select(Result).Where(r => r.End >= of.First && r.End <= of.Last).GroupBy(r => (r.Metric, r.Labels, r.End))
            .Select(g => g.MaxBy(r => r.Revision)! with { Revision = 0 }).Where(r => r.Count > 0).Select(r => JsonSerializer.Serialize(r, WireFormat.Records.WindowResult)).Order(StringComparer.Ordinal),
    ];

    private static WindowResult Result(ReadRecord record) => JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult)!;
}
