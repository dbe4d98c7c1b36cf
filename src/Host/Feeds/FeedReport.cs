using System.Reflection;

namespace Pipeline.Host.Feeds;

/// <summary>Which of the packages that some feeds lack this program was built with.</summary>
public static class FeedReport
{
    private static readonly FeedPackage[] Packages =
    [
        new("librdkafka.redist", true, "the native library inside NuGet", "the system's librdkafka (Debian: librdkafka1)"),
        new("InfluxDB.Client", true, "the adapter that sends through it", "the HTTP line-protocol sender"),
        new("Nethereum.Web3", true, "the adapter that reads the chain through it", "the JSON-RPC reader"),
        new("LibreHardwareMonitorLib", true, "the Windows and macOS sensors", "on Linux /proc, /sys and NVML, read directly"),
        new("Microsoft.Reactive.Testing", true, "the package", "a test scheduler of ours with the same calls"),
    ];

    public static IReadOnlyList<FeedPackage> Read() => Read(
        typeof(FeedReport).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(a => a.Key, a => a.Value));

    /// <param name="metadata">What Host.csproj wrote: <c>Feed:</c> and the package, and <c>false</c> where it is missing.</param>
    public static IReadOnlyList<FeedPackage> Read(IReadOnlyDictionary<string, string?> metadata) =>
        [.. Packages.Select(p => p with { IsIn = metadata[$"Feed:{p.Name}"] != "false" })];
}
