using System.Globalization;

namespace Pipeline.Processing;

/// <summary>Machines that run out of something.</summary>
internal static class HardwareReasons
{
    private sealed record Limit(double Degraded, double Unhealthy, Func<SeriesReading, string> What);

    public static IEnumerable<VerdictReason> Of(IEnumerable<SeriesReading> heard, VerdictOptions options)
    {
        var limits = Limits(options);
        return heard
            .Where(r => limits.ContainsKey(r.Metric))
            .GroupBy(r => (r.Metric, r.Labels), (_, windows) => windows.OrderBy(w => w.Size).ThenByDescending(w => w.End).First())
            .Select(r => Reason(r, limits[r.Metric]))
            .OfType<VerdictReason>();
    }

    private static Dictionary<string, Limit> Limits(VerdictOptions options) => new()
    {
        ["hardware.filesystem_utilization_ratio"] = new(options.FileSystemDegraded, options.FileSystemUnhealthy,
            r => $"File system {r.Labels["mountpoint"]} is {Percent(r)} full."),
        ["hardware.memory_utilization_ratio"] = new(options.MemoryDegraded, double.PositiveInfinity,
            r => $"Memory is {Percent(r)} full."),
        ["hardware.memory_pressure_some_ratio"] = new(options.MemoryPressureDegraded, double.PositiveInfinity,
            r => $"Some task waits for memory {Percent(r)} of the time."),
        ["hardware.cpu_pressure_some_ratio"] = new(options.CpuPressureDegraded, double.PositiveInfinity,
            r => $"Some task waits for a core {Percent(r)} of the time."),
    };

    private static VerdictReason? Reason(SeriesReading reading, Limit limit) =>
        reading.Mean >= limit.Unhealthy ? new VerdictReason(Health.Unhealthy, Subject.Of(reading.Labels), limit.What(reading)) :
        reading.Mean >= limit.Degraded ? new VerdictReason(Health.Degraded, Subject.Of(reading.Labels), limit.What(reading)) :
        null;

    private static string Percent(SeriesReading reading) => string.Create(CultureInfo.InvariantCulture, $"{reading.Mean * 100:0.#} %");
}
