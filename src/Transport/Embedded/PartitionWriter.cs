using Microsoft.Win32.SafeHandles;

namespace Pipeline.Transport.Embedded;

/// <summary>Writes one partition. Its bytes count only once the journal names them: <see cref="Write"/>, then <see cref="Adopt"/> or <see cref="Undo"/>.</summary>
internal sealed class PartitionWriter(Partition partition, PartitionMark start, long segmentBytes) : IDisposable
{
    private readonly FrameBuffer _frames = new();
    private SafeFileHandle? _file;
    private PartitionMark _mark = start, _next = start;
    private bool _touched;

    public Partition Partition => partition;

    /// <summary>The file that was written last.</summary>
    public string Path => Segment.PathOf(partition.Folder, _next.Segment);

    /// <summary>The next write begins a new segment.</summary>
    public bool RollNext { get; set; }

    public void Begin(long time) => _frames.Begin(_mark.End, time);

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => _frames.Add(key, value);

    public PartitionMark Write()
    {
        var bytes = _frames.Finish();
        _touched = true;
        _next = RollNext || _mark.Length >= segmentBytes ? _mark with { Segment = _mark.End, Length = 0 } : _mark;
        if (_file is null || _next.Segment != _mark.Segment)
        {
            _file?.Dispose();
            _file = null;
            _file = File.OpenHandle(Path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        RandomAccess.Write(_file, bytes, _next.Length);
        return _next = _next with { Length = _next.Length + bytes.Length, End = _frames.Next };
    }

    public void Force() => RandomAccess.FlushToDisk(_file!);

    public void Adopt() => (_mark, RollNext, _touched) = (_next, false, false);

    /// <summary>Gives back the room of what was written and not adopted.</summary>
    public void Undo()
    {
        if (!_touched || _file is null) return;
        if (_next.Segment == _mark.Segment) RandomAccess.SetLength(_file, _mark.Length);
        else
        {
            _file.Dispose();
            _file = null;
            File.Delete(Path);
        }
        (_next, _touched) = (_mark, false);
    }

    public void Dispose() => _file?.Dispose();
}
