using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Transport.Embedded;

/// <summary>How the log on this machine's disk is kept.</summary>
public sealed record EmbeddedLogOptions
{
    [Description("Size in bytes at which a partition begins a new file. Retention deletes whole files.")]
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public long SegmentBytes { get; init; } = 64 * 1024 * 1024;

    [Description("When data is forced to the disk: never, interval, or commit. Every choice survives a killed process; this is about power.")]
    public FsyncPolicy Fsync { get; init; } = FsyncPolicy.Interval;

    [Description("Time between forced writes when fsync is interval: the most that a power failure can take.")]
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FsyncInterval { get; init; } = TimeSpan.FromSeconds(1);

    [Description("Size in bytes at which the commit journal is rewritten as a snapshot.")]
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public long JournalBytes { get; init; } = 8 * 1024 * 1024;
}
