using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>The space of every file system in /proc/mounts that is not left out.</summary>
internal sealed class FileSystemReader(HardwareOptions options) : IHardwareReader
{
    private readonly MachineFile _file = new(Path.Combine(options.Root, "proc/mounts"));

    /// <summary>The mounts of a /proc that is the kernel's are where this program sees them, wherever that /proc itself is mounted.</summary>
    private readonly string _root = Path.Exists(Path.Combine(options.Root, "proc/self")) ? "/" : options.Root;

    private readonly MountTable _table = new(new NamePatterns(options.SkipFileSystems));
    private Dictionary<Mount, FileSystem> _fileSystems = [];
    private byte[] _text = [];

    public void Read(Scan scan)
    {
        if (!_file.TryRead(scan, out var text)) return;
        if (!text.SequenceEqual(_text)) Update(scan, text);
        if (!_table.IsValid) _file.Malformed(scan);
        foreach (var fileSystem in _fileSystems.Values) fileSystem.Read(scan);
        for (var i = _fileSystems.Count; i < _table.Mounts.Count; i++) scan.Drop(DropReason.Overflow);
    }

    private void Update(Scan scan, ReadOnlySpan<byte> text)
    {
        _text = text.ToArray();
        _table.Parse(text);
        var known = _fileSystems;
        _fileSystems = _table.Mounts.Take(options.Limit)
            .ToDictionary(mount => mount, mount => known.GetValueOrDefault(mount) ?? new FileSystem(mount, _root, scan));
    }
}
