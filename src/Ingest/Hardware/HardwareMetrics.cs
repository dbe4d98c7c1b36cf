using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>
/// Every metric of the hardware source. The names are those of the OpenTelemetry conventions for <c>system.*</c> and <c>hw.*</c> where
/// they have one, without that beginning and with the unit at the end; counters are shown as rates.
/// </summary>
public static class HardwareMetrics
{
    public static readonly IReadOnlyList<MetricInfo> All =
    [
        Of("cpu_utilization_ratio", "1", "Busy share of a core, or of all (cpu=\"total\"); waiting for a disk is not busy.", "cpu"),
        Of("cpu_mode_utilization_ratio", "1", "Share of a mode in the time of all cores.", "mode"),
        Of("cpu_logical_count", "{cpu}", "Cores that are switched on."),
        Of("cpu_interrupts_per_second", "{interrupt}/s", "Interrupts served."),
        Of("cpu_context_switches_per_second", "{switch}/s", "Changes from one task to another."),
        Of("cpu_load_average_1m", "{thread}", "Threads that run, want to run or wait for a disk, over a minute."),
        Of("cpu_load_average_5m", "{thread}", "The same over five minutes."),
        Of("cpu_load_average_15m", "{thread}", "The same over fifteen minutes."),
        Of("cpu_pressure_some_ratio", "1", "Share of the last ten seconds in which some task waited for a core."),
        Of("memory_pressure_some_ratio", "1", "Share of the last ten seconds in which some task waited for memory."),
        Of("memory_pressure_full_ratio", "1", "Share of the last ten seconds in which all tasks waited for memory."),
        Of("io_pressure_some_ratio", "1", "Share of the last ten seconds in which some task waited for a disk."),
        Of("io_pressure_full_ratio", "1", "Share of the last ten seconds in which all tasks waited for a disk."),

        Of("memory_utilization_ratio", "1", "Share of the memory that cannot be had without swapping."),
        Of("memory_limit_bytes", "By", "Memory of the machine."),
        Of("memory_available_bytes", "By", "Memory that can be had without swapping."),
        Of("memory_usage_bytes", "By", "Memory by what it is used for; the states add up to the limit.", "state"),
        Of("memory_oom_kills_per_second", "{process}/s", "Processes killed because there was no memory left."),
        Of("paging_usage_bytes", "By", "Swap space, used and free.", "state"),
        Of("paging_utilization_ratio", "1", "Used share of the swap space; none where there is no swap."),
        Of("paging_faults_per_second", "{fault}/s", "Page faults; a major one waits for a disk.", "type"),
        Of("paging_operations_per_second", "{operation}/s", "Pages swapped in and out.", "direction"),

        Of("filesystem_utilization_ratio", "1", "Used share of what is not reserved, as df shows it.", "device", "mountpoint", "type"),
        Of("filesystem_limit_bytes", "By", "Size of the file system.", "device", "mountpoint", "type"),
        Of("filesystem_usage_bytes", "By", "Space used, free, and reserved for the superuser.", "device", "mountpoint", "state", "type"),
        Of("disk_io_bytes_per_second", "By/s", "Bytes read from and written to a disk.", "device", "direction"),
        Of("disk_operations_per_second", "{operation}/s", "Reads and writes that a disk completed.", "device", "direction"),
        Of("disk_operation_time_seconds", "s", "Mean time from request to completion; none while there is none.", "device", "direction"),
        Of("disk_io_time_ratio", "1", "Share of the time in which a disk had something to do.", "device"),
        Of("network_io_bytes_per_second", "By/s", "Bytes received and transmitted.", "device", "direction"),
        Of("network_packets_per_second", "{packet}/s", "Packets received and transmitted.", "device", "direction"),
        Of("network_errors_per_second", "{error}/s", "Packets that failed.", "device", "direction"),
        Of("network_packet_dropped_per_second", "{packet}/s", "Packets dropped without an error.", "device", "direction"),

        Of("temperature_celsius", "Cel", "Temperature of a chip, a drive or a zone.", "sensor"),
        Of("fan_speed_revolutions_per_minute", "rpm", "Speed of a fan; 0 when it stands still or none is connected.", "sensor"),
        Of("power_watts", "W", "Power of a processor, a power meter or a battery; they overlap, so do not add them.", "sensor"),
        Of("battery_charge_ratio", "1", "Charge of a battery.", "battery"),
        Of("uptime_seconds", "s", "Time since the machine started."),
        Of("process_count", "{process}", "Processes by status.", "status"),
        Of("process_created_per_second", "{process}/s", "Processes and threads started."),
    ];

    private static MetricInfo Of(string value, string unit, string description, params string[] labels) =>
        new($"hardware.{value}", unit, description, ["host", .. labels]);
}
