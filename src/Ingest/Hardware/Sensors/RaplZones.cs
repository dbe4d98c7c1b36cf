namespace Pipeline.Ingest.Hardware;

/// <summary>
/// /sys/class/powercap: the energy counters of Intel and AMD processors, named <c>intel-rapl:0/package-0</c>. A zone such as the memory
/// is part of its package or beside it, so they do not add up. The kernel lets only the superuser read them.
/// </summary>
internal static class RaplZones
{
    /// <summary>The same counters are also under intel-rapl-mmio; once is enough.</summary>
    public static IEnumerable<SensorFile> Find(string root) =>
        from zone in DeviceDirectory.All(root, "powercap")
        where zone.Name.StartsWith("intel-rapl:", StringComparison.Ordinal)
        select new SensorFile(zone.FileOf("energy_uj"), SensorKind.Energy, $"{zone.Name}/{zone.Text("name") ?? "energy"}");
}
