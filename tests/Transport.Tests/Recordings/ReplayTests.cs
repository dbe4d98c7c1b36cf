using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;
using Pipeline.Transport.Recordings;

namespace Pipeline.Transport.Tests;

public sealed partial class ReplayTests : IDisposable
{
    private readonly RecordingFile _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Replay_publishes_what_the_stages_published(int seed)
    {
        var scenario = new WindowScenario(seed);
        var path = await _files.RecordAsync(scenario.Log, "observations");
        await scenario.RunToEnd();

        var replayed = await ReplayAsync(path, ReplayPace.Max);

        foreach (var topic in (string[])["windows", "late", "dead-letter"])
            Assert.Equal(Final((await scenario.All(topic)).Select(r => r.Value)), Final(replayed.Where(r => r.Topic == topic).Select(r => r.Value)));
        Assert.True(replayed.Count(r => r.Topic == "windows") > 100, "Hardly anything was published, so this proves little.");
    }

    [Fact]
    public async Task Replay_is_the_same_twice_at_any_speed_and_however_the_recording_was_cut()
    {
        var scenario = new WindowScenario(seed: 4);
        var path = await _files.RecordAsync(scenario.Log, "observations");
        var first = await ReplayAsync(path, ReplayPace.Max);
        Assert.Equal(first, await ReplayAsync(path, ReplayPace.Max));
        var random = new Random(1);
        foreach (var blockBytes in (int[])[1, 300, 10_000])
        {
            scenario.Log.SliceRecords = () => random.Next(1, 100);
            Assert.Equal(first, await ReplayAsync(await _files.RecordAsync(scenario.Log, "observations", blockBytes), ReplayPace.Max));
        }
        foreach (var speed in (double[])[0.5, 1, 10])
        {
            var time = new TestTimeProvider();
            var replaying = ReplayAsync(path, new ReplayPace(speed, time));
            while (!replaying.IsCompleted) time.Advance(TimeSpan.FromMilliseconds(random.Next(3000)));
            Assert.Equal(first, await replaying);
        }
    }

    [Fact]
    public async Task Pace_follows_the_times_at_which_the_log_took_the_records()
    {
        var time = new TestTimeProvider();
        var pace = new ReplayPace(speed: 10, time);
        await pace.WaitAsync(1000, default);
        var waiting = pace.WaitAsync(61_000, default).AsTask();
        time.Advance(TimeSpan.FromSeconds(5.9));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.2));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    [Fact]
    public async Task Recording_that_begins_in_the_middle_gives_only_windows_that_it_holds_whole()
    {
        var scenario = new WindowScenario(seed: 5);
        var all = await scenario.Log.TakeAll(new TopicPartition("observations", 0));
        await scenario.RunToEnd();
        var published = Final((await scenario.All("windows")).Select(r => r.Value));
        var path = _files.NewPath();
        var from = all.Count / 3;
        using (var writer = RecordingWriter.Create(path, RecordingFile.Header with { Topics = [new RecordedTopic("observations", [from, from])] }))
        {
            for (var p = 0; p < WindowScenario.Partitions; p++)
                foreach (var record in (await scenario.Log.TakeAll(new TopicPartition("observations", p))).Skip(from))
                    writer.Add(new TopicPartition("observations", p), new LogRecord(record.Offset, record.Time, Encoding.UTF8.GetBytes(record.Key), Encoding.UTF8.GetBytes(record.Value)));
            writer.Complete();
        }
        var results = Final((await ReplayAsync(path, ReplayPace.Max)).Where(r => r.Topic == "windows").Select(r => r.Value));
        Assert.True(results.Count > 100, "Hardly anything was published, so this proves little.");
        Assert.Empty(results.Select(WithoutBaseline).Except(published.Select(WithoutBaseline))); // which the windows before say that are missing
    }

    private static string WithoutBaseline(string result) => Baseline().Replace(result, "");

    /// <summary>
    /// In an order of their own, the last revision of each result alone, without its number: how many corrections of a window that spans
    /// partitions are put together is a matter of when the partitions' parts meet.
    /// </summary>
    private static List<string> Final(IEnumerable<string> values) =>
    [
        .. values.Select((v, i) => (Value: v, Revision: Revision().Match(v), Other: $"{i}"))
            .GroupBy(v => v.Revision.Success ? v.Value[..v.Revision.Index] : v.Other)
            .Select(g => g.MaxBy(v => v.Revision.Success ? int.Parse(v.Revision.Groups[1].Value, CultureInfo.InvariantCulture) : 0))
            .Select(v => Revision().Replace(v.Value, "")).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"""revision"":(\d+)")]
    private static partial Regex Revision();

    [GeneratedRegex(@",""baseline"":[^,]+(,""change"":[^,]+)?,""baselineDays"":\d+")]
    private static partial Regex Baseline();

    /// <summary>What a replay publishes, in its order.</summary>
    private static async Task<List<Published>> ReplayAsync(string path, ReplayPace pace)
    {
        var plans = WindowPlan.Of(WindowScenario.Windows, new Dictionary<string, string>());
        var ledger = new Ledger();
        var flows = new WindowFlows(plans, new Topics(), WindowScenario.Partitions, new ProcessingOptions(), ledger);
        var published = new PublishedLines();
        using var replay = new Replay(Recording.Open(path), new ReplayBranch([flows.Windows, flows.Merge], published));
        await replay.RunAsync(pace, () => { }, default);
        Assert.All(ledger.Read(), e => Assert.Equal(0, e.Difference));
        return published.Lines;
    }

    private sealed record Published(string Topic, int Partition, string Key, string Value);

    private sealed class PublishedLines : IReplayListener
    {
        public List<Published> Lines { get; } = [];

        public void OnPublished(in PendingRecord record) =>
            Lines.Add(new Published(record.To.Topic, record.To.Partition, Encoding.UTF8.GetString(record.Key), Encoding.UTF8.GetString(record.Value)));
    }
}
