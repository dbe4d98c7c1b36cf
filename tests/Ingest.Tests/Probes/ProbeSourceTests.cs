using Pipeline.Contracts;
using Pipeline.Ingest.Probes;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Probes;

/// <summary>The whole source against real servers.</summary>
public class ProbeSourceTests
{
    [Fact]
    public async Task Good_and_bad_targets_are_observed_side_by_side()
    {
        await using var good = new RawServer(Answers.Ok("hello"));
        await using var bad = new RawServer(Answers.Silence);
        var source = Create(new()
        {
            Vantage = "lisbon",
            Targets = [Often("good", good.Url), Often("bad", bad.Url) with { Timeout = TimeSpan.FromMilliseconds(150) }],
        });
        using var emissions = new LiveList<Emission>(source.Emissions);
        await Eventually.Holds("both are observed", () => Of(emissions, "good").Count >= 5 && Of(emissions, "bad").Count >= 5);
        Assert.All(Of(emissions, "good"), o => Assert.Equal(("success", 1), (o.Attributes["outcome"], Value(o, "success_ratio"))));
        Assert.All(Of(emissions, "bad"), o => Assert.Equal(("timeout", 0), (o.Attributes["outcome"], Value(o, "success_ratio"))));
        Assert.All(Of(emissions, "good"), o => Assert.Equal(("node", "lisbon"), (o.Source, o.Labels["vantage"])));
        Assert.Null(emissions.Error);
    }

    [Fact]
    public async Task Promises_are_kept_and_instants_follow_each_other_without_a_gap()
    {
        await using var server = new RawServer(Answers.Hesitantly);
        using var emissions = new LiveList<Emission>(Create(new() { Targets = [Often("target", server.Url)] }).Emissions);
        await Eventually.Holds("twenty observations", () => Of(emissions, "target").Count >= 20);
        var promise = long.MinValue;
        foreach (var emission in emissions)
        {
            Assert.All(emission.Observations, o => Assert.True(o.Time >= promise));
            Assert.True(emission.Promise >= promise);
            promise = emission.Promise;
        }
        var times = emissions.SelectMany(e => e.Observations).Select(o => o.Time).Where(t => t < promise).Order().ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(100, pair.Second - pair.First));
    }

    [Fact]
    public async Task No_more_connections_are_open_at_once_than_probes_may_run()
    {
        await using var server = new RawServer(Answers.Hesitantly);
        var source = Create(new() { MaxConcurrent = 3, Targets = [.. Enumerable.Range(0, 20).Select(i => Often($"t{i}", server.Url))] });
        using (var emissions = new LiveList<Emission>(source.Emissions))
            await Eventually.Holds("many observations", () => emissions.Sum(e => e.Observations.Count) >= 50 && server.Accepted >= 9);
        // The server sees the end of a connection a little after the prober, which by then may have opened the next.
        Assert.InRange(server.MostAtOnce, 2, 2 * 3);
        await Eventually.Holds("all sockets are closed", () => server.Open == 0);
    }

    [Fact]
    public async Task Disposal_closes_every_socket()
    {
        await using var server = new RawServer(Answers.Silence);
        using (new LiveList<Emission>(Create(new() { Targets = [.. Enumerable.Range(0, 10).Select(i => Often($"t{i}", server.Url))] }).Emissions))
            await Eventually.Holds("all are connected", () => server.Open >= 10);
        await Eventually.Holds("all sockets are closed", () => server.Open == 0);
        Assert.Equal(0, server.Open);
    }

    [Fact]
    public async Task Source_starts_anew_when_subscribed_again()
    {
        await using var server = new RawServer(Answers.Ok("hello"));
        var source = Create(new() { Targets = [Often("target", server.Url)] });
        for (var i = 0; i < 2; i++)
        {
            using var emissions = new LiveList<Emission>(source.Emissions);
            await Eventually.Holds("an observation", () => Of(emissions, "target").Count > 0);
        }
    }

    [Fact]
    public async Task Nothing_secret_reaches_a_record()
    {
        await using var server = new RawServer(Answers.RedirectTo("ftp://hunter2/?hunter2"));
        var target = Often("target", server.Url + "?key=hunter2") with { Headers = new Dictionary<string, string> { ["X-Key"] = "hunter2" } };
        using var emissions = new LiveList<Emission>(Create(new() { Targets = [target] }).Emissions);
        await Eventually.Holds("an observation", () => Of(emissions, "target").Count > 0);
        using var writer = new ObservationWriter();
        var text = System.Text.Encoding.UTF8.GetString(writer.Write(Of(emissions, "target")[0]));
        Assert.Contains("\"outcome\":\"http\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    private static Source Create(ProbeOptions options) => ProbeSource.Create(options, "node", TimeProvider.System, new CollectingDrops());

    private static ProbeTargetOptions Often(string name, string url) => Probe.Options(url, name) with { Interval = TimeSpan.FromMilliseconds(100) };

    private static List<Observation> Of(IEnumerable<Emission> emissions, string target) =>
        [.. emissions.SelectMany(e => e.Observations).Where(o => o.Key == target && o.Attributes["outcome"] != "skipped")];

    private static double Value(Observation observation, string name) => observation.Values.Single(v => v.Name == name).Value;
}
