using System.Reflection;

namespace Pipeline.Host.Feeds;

/// <summary>Which of the packages that some feeds lack this program was built with.</summary>
public static class FeedReport
{
    private static readonly FeedPackage[] Packages =
    [
        new("librdkafka.redist", true, "./pipeline compiles librdkafka once, from npm's Kafka client, and puts it beside the program"),
        new("InfluxDB.Client", true, "influx.sender can be http only, which does the same by itself"),
        new("Nethereum.Web3", true, "this version has no chain source; one will speak JSON-RPC itself"),
        new("LibreHardwareMonitorLib", true, "this version reads sensors on Linux only, from /proc and /sys"),
        new("Microsoft.NETCore.App.Crossgen2", true, "the program is not compiled ahead, and starts more slowly"),
        new("Microsoft.Reactive.Testing", true, "the tests use a scheduler of ours with the same calls"),
    ];

    public static IReadOnlyList<FeedPackage> Read() => Read(
        typeof(FeedReport).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value));

    /// <param name="metadata">What Host.csproj wrote: <c>Feed:</c> and the package, and <c>false</c> where it is missing.</param>
    public static IReadOnlyList<FeedPackage> Read(IReadOnlyDictionary<string, string?> metadata) =>
        [.. Packages.Select(p => p with { IsIn = metadata[$"Feed:{p.Name}"] != "false" })];
}
