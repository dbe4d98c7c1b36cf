using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Ingest.Hardware;

/// <summary>What the operator wrote about the hardware of this machine.</summary>
public sealed record HardwareOptions
{
    [Description("The directory that holds proc and sys.")]
    [Required]
    public string Root { get; init; } = "/";

    [Description("Time between two scans, which fall on whole multiples of it.")]
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    [Description("Most cores, disks, network devices, file systems or sensors of one area; the rest are counted as overflow.")]
    [Range(1, 65536)]
    public int Limit { get; init; } = 256;

    [Description("Disks left out, by name or name*.")]
    public string[] SkipDisks { get; init; } = ["loop*", "ram*", "zram*", "sr*", "fd*"];

    [Description("Network devices left out, by name or name*.")]
    public string[] SkipNetworkDevices { get; init; } = ["lo", "veth*", "ifb*", "dummy*"];

    /// <summary>
    /// The defaults are file systems without a disk, images that are always full, and those whose server may be dead: asking a dead
    /// server for its free space blocks without end, so whoever takes a network file system off this list stakes the whole scan on it.
    /// </summary>
    [Description("Types of file systems left out, by type or type*: virtual ones, images, and all that a network answers for.")]
    public string[] SkipFileSystems { get; init; } =
    [
        "autofs", "binfmt_misc", "bpf", "cgroup*", "configfs", "debugfs", "devpts", "devtmpfs", "efivarfs", "hugetlbfs", "mqueue", "nsfs",
        "overlay", "proc", "pstore", "ramfs", "rootfs", "rpc_pipefs", "securityfs", "selinuxfs", "sysfs", "tmpfs", "tracefs",
        "erofs", "iso9660", "squashfs", "udf",
        "9p", "afs", "beegfs*", "ceph", "cifs", "coda", "davfs*", "fuse", "fuse.*", "fusectl", "gfs*", "glusterfs", "gpfs",
        "lustre", "ncp*", "nfs*", "ocfs2", "smb*", "virtiofs",
    ];
}
