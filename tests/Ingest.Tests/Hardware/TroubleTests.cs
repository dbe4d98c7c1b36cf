using Pipeline.Contracts;

namespace Pipeline.Ingest.Tests.Hardware;

public class TroubleTests
{
    [Fact]
    public void File_that_vanishes_is_counted_and_reported_once_and_the_rest_goes_on()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Delete("proc/meminfo");
        for (var i = 0; i < 5; i++) rig.Scan();
        Assert.Null(rig.Value("memory_utilization_ratio"));
        Assert.Equal(1630.43, rig.Value("uptime_seconds"));
        Assert.Contains("proc/meminfo", Assert.Single(rig.Reports), StringComparison.Ordinal);
        Assert.Equal(1, rig.Drops[DropReason.Malformed]);
    }

    [Fact]
    public void File_that_comes_back_is_read_again_and_gives_rates_after_two_scans()
    {
        using var rig = new Rig(SmallMachine.Text);
        var content = rig.Tree.Read("proc/diskstats");
        rig.Tree.Delete("proc/diskstats");
        rig.Scan();
        rig.Tree.Write("proc/diskstats", content);
        rig.Scan();
        Assert.Null(rig.Value("disk_io_bytes_per_second", ("device", "vda"), ("direction", "read")));
        rig.Scan();
        Assert.Equal(0, rig.Value("disk_io_bytes_per_second", ("device", "vda"), ("direction", "read")));
    }

    [Fact]
    public void Path_that_cannot_be_read_is_left_alone_for_some_scans()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Write("proc/mounts", "/dev/vdb /not/there ext4 rw 0 0\n");
        for (var i = 0; i < 25; i++) rig.Scan();
        Assert.Equal(3, rig.Drops[DropReason.Malformed]);
        Assert.StartsWith("/not/there: ", Assert.Single(rig.Reports), StringComparison.Ordinal);
    }

    [Fact]
    public void File_larger_than_the_bound_is_given_up()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Write("proc/loadavg", new string('1', 2_000_000));
        rig.Scan();
        Assert.Contains("larger", Assert.Single(rig.Reports), StringComparison.Ordinal);
        Assert.Equal(1630.43, rig.Value("uptime_seconds"));
    }

    [Fact]
    public void Counter_that_went_back_gives_no_value_for_one_interval()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Replace("proc/net/dev", "100000 ", "10 ");
        rig.Scan();
        Assert.Null(rig.Value("network_io_bytes_per_second", ("device", "eth0"), ("direction", "receive")));
        Assert.Equal(0, rig.Value("network_io_bytes_per_second", ("device", "eth0"), ("direction", "transmit")));
        rig.Tree.Replace("proc/net/dev", "10 ", "30 ");
        rig.Scan();
        Assert.Equal(20, rig.Value("network_io_bytes_per_second", ("device", "eth0"), ("direction", "receive")));
    }

    [Fact]
    public void Device_that_went_and_came_gives_no_rate_over_its_absence()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Tree.Replace("proc/net/dev", "eth0", "eth9");
        rig.Scan();
        Assert.Null(rig.Value("network_io_bytes_per_second", ("device", "eth9"), ("direction", "receive")));
        rig.Tree.Replace("proc/net/dev", "eth9", "eth0");
        rig.Scan();
        Assert.Null(rig.Value("network_io_bytes_per_second", ("device", "eth0"), ("direction", "receive")));
    }

    [Fact]
    public void Devices_over_the_limit_are_counted_as_overflow()
    {
        using var rig = new Rig(BigServer.Text, o => o with { Limit = 2 });
        rig.Tree.Replace("proc/stat", " 100000 1000 ", " 100010 1000 ");
        rig.Scan();
        Assert.Equal(2, rig.Last.Observations.Count(o => o.Labels["cpu"] is not (null or "total")));
        Assert.Equal(BigServer.Cores, rig.Value("cpu_logical_count"));
        const int Disks = 3 - 2, FileSystems = 3 - 2, Hwmon = 11 - 2;
        Assert.Equal(2 * (BigServer.Cores - 2 + Disks + FileSystems + Hwmon), rig.Drops[DropReason.Overflow]);
    }

    [Theory]
    [InlineData("proc/stat"), InlineData("proc/loadavg"), InlineData("proc/uptime"), InlineData("proc/meminfo"), InlineData("proc/vmstat")]
    [InlineData("proc/diskstats"), InlineData("proc/net/dev"), InlineData("proc/mounts"), InlineData("proc/pressure/io")]
    [InlineData("proc/302/stat")]
    [InlineData("sys/class/hwmon/hwmon0/temp1_input"), InlineData("sys/class/powercap/intel-rapl:0/energy_uj")]
    public void Garbage_is_counted(string path)
    {
        using var rig = new Rig(BigServer.Text);
        rig.Tree.Write(path, "lorem -1 ipsum 1e999 nan\n");
        rig.Scan();
        Assert.Equal(1, rig.Drops[DropReason.Malformed]);
        Assert.NotEmpty(rig.Last.Observations);
    }
}
