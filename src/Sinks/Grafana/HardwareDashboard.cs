using static Pipeline.Sinks.Grafana.PanelParts;

namespace Pipeline.Sinks.Grafana;

/// <summary>The machines: utilisation, saturation, errors, and all that their sensors say.</summary>
internal static class HardwareDashboard
{
    public static Dashboard? Of(DashboardPlan plan)
    {
        if (plan.Windows.Find("hardware.cpu_utilization_ratio", "host", "cpu") is not { } found) return null;
        var hosts = found.Queries.Chosen("host");
        return new Dashboard("pipeline-hardware", "Hardware", "The machines: how busy they are, what waits, what fails. Sensors that only some machines have are under \"Any metric\".",
        [
            Variable.OfLabel("host", "Host", "hardware.uptime_seconds"),
            Variable.OfLabel("window", "Window", "hardware.uptime_seconds", found.Name),
            Variable.OfMetrics("hardware", "hardware.cpu_load_average_1m"),
        ],
        [
            new("Utilisation", [.. Utilisation(plan, hosts)]),
            new("Saturation", [.. Saturation(plan, hosts)]),
            new("Traffic and errors", [.. Traffic(plan, hosts)]),
            CataloguePanels.Any(hosts),
            CataloguePanels.Row("Every metric of cores", plan.Metrics, hosts, "hardware.cpu_"),
            CataloguePanels.Row("Every metric of memory", plan.Metrics, hosts, "hardware.memory_", "hardware.paging_"),
            CataloguePanels.Row("Every metric of file systems and disks", plan.Metrics, hosts, "hardware.filesystem_", "hardware.disk_", "hardware.io_"),
            CataloguePanels.Row("Every metric of networks", plan.Metrics, hosts, "hardware.network_"),
            CataloguePanels.Row("Every other metric", plan.Metrics, hosts, "hardware.process_", "hardware.uptime_"),
        ]);
    }

    private static IEnumerable<Panel> Utilisation(DashboardPlan plan, WindowQueries hosts)
    {
        yield return Fill(plan, hosts, 8);
        yield return Lines("Cores by mode", plan.About("hardware.cpu_mode_utilization_ratio"), "percentunit",
            hosts.Where("\"mode\" != 'idle'").Over("hardware.cpu_mode_utilization_ratio", Mean, "$tag_host $tag_mode", "host", "mode")) with { Width = 8, IsStacked = true };
        yield return Lines("Memory", plan.About("hardware.memory_usage_bytes"), "bytes", hosts.Over("hardware.memory_usage_bytes", Mean, "$tag_host $tag_state", "host", "state")) with { Width = 8, IsStacked = true };
        yield return Lines("File systems", plan.About("hardware.filesystem_utilization_ratio"), "percentunit",
            hosts.Over("hardware.filesystem_utilization_ratio", Mean, "$tag_host $tag_mountpoint", "host", "mountpoint")) with { Max = 1, Thresholds = plan.FileSystem };
        yield return Lines("Disks", plan.About("hardware.disk_io_time_ratio"), "percentunit", hosts.Over("hardware.disk_io_time_ratio", Mean, "$tag_host $tag_device", "host", "device")) with { Max = 1 };
    }

    private static IEnumerable<Panel> Saturation(DashboardPlan plan, WindowQueries hosts)
    {
        (string What, double? Limit)[] pressures = [("cpu", plan.Limits.CpuPressureDegraded), ("memory", plan.Limits.MemoryPressureDegraded), ("io", null)];
        foreach (var (what, limit) in pressures)
            yield return Lines($"Pressure: {what}", plan.About($"hardware.{what}_pressure_some_ratio"), "percentunit",
                hosts.Over($"hardware.{what}_pressure_some_ratio", Mean, "$tag_host", "host")) with { Width = 6, Thresholds = limit is { } l ? DashboardPlan.UpTo(l) : [] };
        yield return Lines("Load", "Threads that run, want to run or wait for a disk, over a minute; and the cores there are.", "short",
            hosts.Over("hardware.cpu_load_average_1m", Mean, "$tag_host load", "host"), hosts.Over("hardware.cpu_logical_count", Mean, "$tag_host cores", "host")) with { Width = 6 };
    }

    private static IEnumerable<Panel> Traffic(DashboardPlan plan, WindowQueries hosts)
    {
        yield return Lines("Network", plan.About("hardware.network_io_bytes_per_second"), "binBps",
            hosts.Over("hardware.network_io_bytes_per_second", Mean, "$tag_host $tag_device $tag_direction", "host", "device", "direction")) with { Width = 8 };
        yield return Lines("Disks", plan.About("hardware.disk_io_bytes_per_second"), "binBps",
            hosts.Over("hardware.disk_io_bytes_per_second", Mean, "$tag_host $tag_device $tag_direction", "host", "device", "direction")) with { Width = 8 };
        yield return Lines("Network errors and drops", "Packets that failed, and packets dropped without an error.", "pps",
            hosts.Over("hardware.network_errors_per_second", Mean, "$tag_host $tag_device errors $tag_direction", "host", "device", "direction"),
            hosts.Over("hardware.network_packet_dropped_per_second", Mean, "$tag_host $tag_device drops $tag_direction", "host", "device", "direction")) with { Width = 8 };
    }
}
