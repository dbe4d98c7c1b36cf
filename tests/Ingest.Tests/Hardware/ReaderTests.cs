namespace Pipeline.Ingest.Tests.Hardware;

public class ReaderTests
{
    [Fact]
    public void Busy_share_is_all_but_idle_and_waiting()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Replace("proc/stat", "cpu  1000 0 500 8000 400 0 50 50", "cpu  1030 10 520 8080 440 5 55 60");
        rig.Tree.Replace("proc/stat", "cpu1 500 0 250 4000", "cpu1 550 0 250 4050");
        rig.Scan();
        Assert.Equal(80.0 / 200, rig.Value("cpu_utilization_ratio", ("cpu", "total")));
        Assert.Equal(0.5, rig.Value("cpu_utilization_ratio", ("cpu", "1")));
        Assert.Null(rig.Value("cpu_utilization_ratio", ("cpu", "0"))); // it did not tick
        Assert.Equal(40.0 / 200, rig.Value("cpu_mode_utilization_ratio", ("mode", "iowait")));
        Assert.Equal(10.0 / 200, rig.Value("cpu_mode_utilization_ratio", ("mode", "interrupt")));
        Assert.Equal(10.0 / 200, rig.Value("cpu_mode_utilization_ratio", ("mode", "steal")));
        Assert.Equal(2, rig.Value("cpu_logical_count"));
    }

    [Fact]
    public void Waiting_that_turns_into_idling_does_not_spoil_the_busy_share()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Replace("proc/stat", "cpu  1000 0 500 8000 400", "cpu  1050 0 500 8060 390");
        rig.Scan();
        Assert.Equal(0.5, rig.Value("cpu_utilization_ratio", ("cpu", "total")));
        Assert.Null(rig.Value("cpu_mode_utilization_ratio", ("mode", "iowait")));
    }

    [Fact]
    public void Load_pressure_and_uptime_are_as_the_kernel_says()
    {
        using var rig = new Rig(BigServer.Text);
        Assert.Equal(12.5, rig.Value("cpu_load_average_1m"));
        Assert.Equal(10.25, rig.Value("cpu_load_average_5m"));
        Assert.Equal(8, rig.Value("cpu_load_average_15m"));
        Assert.Equal(8640000.5, rig.Value("uptime_seconds"));
        Assert.Equal(0.1808, rig.Value("cpu_pressure_some_ratio")!.Value, 10);
        Assert.Equal(0.0573, rig.Value("io_pressure_full_ratio")!.Value, 10);
        Assert.Equal([0.015, 0.005], [rig.Value("memory_pressure_some_ratio"), rig.Value("memory_pressure_full_ratio")]);
    }

    [Fact]
    public void Memory_states_add_up_to_the_limit()
    {
        using var rig = new Rig(BigServer.Text);
        var states = new[] { "used", "free", "buffers", "cached" }.Select(state => rig.Value("memory_usage_bytes", ("state", state)));
        Assert.Equal(rig.Value("memory_limit_bytes"), states.Sum());
        Assert.Equal(199_000_000 * 1024.0, rig.Value("memory_usage_bytes", ("state", "cached")));
        Assert.Equal(0.4, rig.Value("memory_utilization_ratio")!.Value, 10);
        Assert.Equal(0.25, rig.Value("paging_utilization_ratio"));
    }

    [Fact]
    public void Machine_without_swap_has_no_share_of_it()
    {
        using var rig = new Rig(SmallMachine.Text);
        Assert.Null(rig.Value("paging_utilization_ratio"));
        Assert.Equal(0, rig.Value("paging_usage_bytes", ("state", "used")));
    }

    [Fact]
    public void Faults_are_minor_or_major()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Replace("proc/vmstat", "pgfault 5000", "pgfault 5100");
        rig.Tree.Replace("proc/vmstat", "pgmajfault 50", "pgmajfault 70");
        rig.Tree.Replace("proc/vmstat", "oom_kill 0", "oom_kill 1");
        rig.Scan();
        Assert.Equal(80, rig.Value("paging_faults_per_second", ("type", "minor")));
        Assert.Equal(20, rig.Value("paging_faults_per_second", ("type", "major")));
        Assert.Equal(1, rig.Value("memory_oom_kills_per_second"));
    }

    [Fact]
    public void Disk_rates_are_growth_over_elapsed_time()
    {
        using var rig = new Rig(SmallMachine.Text, o => o with { Interval = TimeSpan.FromSeconds(4) });
        rig.Tree.Replace("proc/diskstats", "vda 1000 10 80000 4000", "vda 1040 10 80800 4200");
        rig.Tree.Replace("proc/diskstats", " 3000 6000", " 5000 6000");
        rig.Time.Advance(TimeSpan.FromSeconds(4));
        (string, string)[] read = [("device", "vda"), ("direction", "read")];
        Assert.Equal(800 * 512 / 4.0, rig.Value("disk_io_bytes_per_second", read));
        Assert.Equal(10, rig.Value("disk_operations_per_second", read));
        Assert.Equal(0.2 / 40, rig.Value("disk_operation_time_seconds", read));
        Assert.Equal(0.5, rig.Value("disk_io_time_ratio", ("device", "vda")));
        Assert.Null(rig.Value("disk_operation_time_seconds", ("device", "vda"), ("direction", "write")));
    }

    [Fact]
    public void Partitions_and_loop_devices_are_no_disks()
    {
        using var rig = new Rig(BigServer.Text);
        rig.Scan();
        Assert.Equal(["dm-0", "nvme0n1", "sda"], Texts(rig, "disk_io_bytes_per_second", "device"));
    }

    [Fact]
    public void Network_rates_are_by_direction()
    {
        using var rig = new Rig(BigServer.Text);
        rig.Tree.Replace("proc/net/dev", "enp1s0:100000000 1000000 5 7", "enp1s0:100001000 1000010 6 9");
        rig.Tree.Replace("proc/net/dev", " 50000000 500000 1 2", " 50000500 500005 1 2");
        rig.Scan();
        Assert.Equal(["enp1s0"], Texts(rig, "network_io_bytes_per_second", "device"));
        (string, string)[] receive = [("device", "enp1s0"), ("direction", "receive")];
        Assert.Equal(1000, rig.Value("network_io_bytes_per_second", receive));
        Assert.Equal(10, rig.Value("network_packets_per_second", receive));
        Assert.Equal(1, rig.Value("network_errors_per_second", receive));
        Assert.Equal(2, rig.Value("network_packet_dropped_per_second", receive));
        Assert.Equal(500, rig.Value("network_io_bytes_per_second", ("device", "enp1s0"), ("direction", "transmit")));
    }

    [Fact]
    public void File_systems_are_disks_once_each_and_nothing_that_a_network_answers_for()
    {
        using var rig = new Rig(BigServer.Text);
        Assert.Equal(["/", "/srv/media", "/srv/my data"], Texts(rig, "filesystem_utilization_ratio", "mountpoint"));
        (string, string)[] root = [("device", "/dev/nvme0n1p1"), ("mountpoint", "/"), ("type", "ext4")];
        Assert.InRange(rig.Value("filesystem_utilization_ratio", root)!.Value, 0, 1);
        var states = new[] { "used", "free", "reserved" }.Select(state => rig.Value("filesystem_usage_bytes", [.. root, ("state", state)]));
        Assert.Equal(rig.Value("filesystem_limit_bytes", root), states.Sum());
    }

    [Fact]
    public void Mount_over_another_covers_it()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Write("proc/mounts", "/dev/vda / ext4 rw 0 0\n/dev/vdb / xfs rw 0 0\n");
        rig.Scan();
        Assert.Equal(["/dev/vdb"], Texts(rig, "filesystem_utilization_ratio", "device"));
    }

    [Fact]
    public void Processes_are_counted_by_status_whatever_they_call_themselves()
    {
        using var rig = new Rig(BigServer.Text);
        string[] statuses = ["running", "sleeping", "blocked", "stopped", "defunct"];
        Assert.Equal([1.0, 2, 1, 1, 1], statuses.Select(status => rig.Value("process_count", ("status", status))));
    }

    [Fact]
    public void Many_processes_are_counted_over_several_scans()
    {
        var more = Enumerable.Range(2, 199).Select(id => $"\n--- proc/{id}/stat\n{id} (x) S 1");
        using var rig = new Rig(SmallMachine.Text + string.Concat(more));
        Assert.Null(rig.Value("process_count", ("status", "sleeping")));
        while (rig.Value("process_count", ("status", "sleeping")) is null && rig.Emissions.Count < 100) rig.Scan();
        Assert.Equal(200, rig.Value("process_count", ("status", "sleeping")));
    }

    private static IEnumerable<string> Texts(Rig rig, string metric, string label) =>
        rig.Last.Observations.Where(o => o.Values.Any(v => v.Name == metric)).Select(o => o.Labels[label]!)
            .Distinct().Order(StringComparer.Ordinal);
}
