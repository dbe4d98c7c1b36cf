using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

/// <summary>Builds targets and probes them.</summary>
public static class Probe
{
    public static ProbeTargetOptions Options(string url, string name = "target") => new() { Name = name, Url = url };

    public static ProbeTarget Target(ProbeTargetOptions options) => ProbeTarget.Of(options, "here");

    public static ProbeTarget Target(string name = "target", double interval = 1) =>
        Target(Options("http://127.0.0.1/", name) with { Interval = TimeSpan.FromSeconds(interval) });

    public static async Task<ProbeResult> Once(ProbeTargetOptions options)
    {
        Assert.Empty(ProbeOptions.Check(new ProbeOptions { Targets = [options] }));
        using var runner = new ProbeRunner(TimeProvider.System);
        return await runner.Run(Target(options), CancellationToken.None);
    }

    public static Task<ProbeResult> Once(string url) => Once(Options(url));

    /// <summary>A short time limit, for targets that would use up any.</summary>
    public static Task<ProbeResult> Briefly(string url) => Once(Options(url) with { Timeout = TimeSpan.FromMilliseconds(300) });
}
