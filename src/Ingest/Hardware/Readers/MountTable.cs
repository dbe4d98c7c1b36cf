namespace Pipeline.Ingest.Hardware;

/// <summary>
/// What /proc/mounts says of the file systems that are not left out. Where several are mounted on one place, the last one covers the
/// others; where one disk is mounted on several places (bind mounts), the first one stands for all.
/// </summary>
internal sealed class MountTable(NamePatterns skipped)
{
    public IReadOnlyList<Mount> Mounts { get; private set; } = [];

    /// <summary>Whether every line was understood.</summary>
    public bool IsValid { get; private set; } = true;

    public void Parse(ReadOnlySpan<byte> text)
    {
        var mounts = new List<Mount>();
        IsValid = true;
        foreach (var line in new Lines(text))
        {
            if (!Mount.TryParse(line, out var mount, out var type))
            {
                IsValid = false;
                continue;
            }
            mounts.RemoveAll(other => other.MountPoint == mount.MountPoint);
            if (!skipped.Match(type)) mounts.Add(mount);
        }
        Mounts = [.. mounts.DistinctBy(mount => mount.Device.StartsWith('/') ? mount.Device : mount.MountPoint)];
    }
}
