namespace Pipeline.Ingest.Tests.Hardware;

/// <summary>What is seen from a container into which the machine's /proc and /sys are mounted.</summary>
public class ContainerTests
{
    [Fact]
    public void Network_devices_are_those_of_the_machine()
    {
        using var rig = new Rig(SmallMachine.Text + "\n--- proc/1/net/dev\n  ens3: 1000 10 0 0 0 0 0 0 500 5 0 0 0 0 0 0");
        rig.Tree.Replace("proc/1/net/dev", "1000 10", "3000 30");
        rig.Scan();
        Assert.Equal(2000, rig.Value("network_io_bytes_per_second", ("device", "ens3"), ("direction", "receive")));
        Assert.Null(rig.Value("network_io_bytes_per_second", ("device", "eth0"), ("direction", "receive")));
    }

    [Fact]
    public void File_systems_are_measured_where_the_container_has_them()
    {
        using var rig = new Rig(SmallMachine.Text + "\n--- proc/self/");
        rig.Tree.Write("proc/mounts", "overlay / overlay ro 0 0\n/dev/vda /tmp ext4 ro 0 0\n");
        rig.Scan();
        Assert.NotNull(rig.Value("filesystem_utilization_ratio", ("device", "/dev/vda"), ("mountpoint", "/tmp"), ("type", "ext4")));
        Assert.Equal(0, rig.Drops.Total);
    }
}
