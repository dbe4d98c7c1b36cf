using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>The space of one file system.</summary>
internal sealed class FileSystem(Mount mount, string root, Scan first)
{
    private readonly DriveInfo _drive = new(Path.Combine(root, mount.MountPoint[1..]));
    private readonly FileTrouble _trouble = new(mount.MountPoint);
    private readonly LabelSet _labels = Labels(mount, first);
    private readonly LabelSet _used = Labels(mount, first, ("state", "used"));
    private readonly LabelSet _free = Labels(mount, first, ("state", "free"));
    private readonly LabelSet _reserved = Labels(mount, first, ("state", "reserved"));

    public void Read(Scan scan)
    {
        if (_trouble.IsResting(scan)) return;
        try
        {
            Add(scan, _drive.TotalSize, _drive.TotalFreeSpace, _drive.AvailableFreeSpace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _trouble.Raised(scan, error);
        }
    }

    /// <param name="free">Including what is reserved for the superuser.</param>
    /// <param name="available">What anybody may still write.</param>
    private void Add(Scan scan, double total, double free, double available)
    {
        if (total <= 0) return; // a file system without blocks, for example a control file system of a driver
        var used = total - free;
        scan.Add(_labels, "filesystem_limit_bytes", total);
        if (used + available > 0) scan.Add(_labels, "filesystem_utilization_ratio", used / (used + available));
        scan.Add(_used, "filesystem_usage_bytes", used);
        scan.Add(_free, "filesystem_usage_bytes", available);
        scan.Add(_reserved, "filesystem_usage_bytes", free - available);
    }

    private static LabelSet Labels(Mount mount, Scan scan, params (string, string)[] more) =>
        scan.Labels([("device", mount.Device), ("mountpoint", mount.MountPoint), ("type", mount.Type), .. more]);
}
