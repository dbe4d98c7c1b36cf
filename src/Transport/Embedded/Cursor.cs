using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>A place in a partition, from where it is read on.</summary>
internal sealed class Cursor(Partition partition, long from) : IDisposable
{
    private long _next = from;
    private long _position;
    private Segment? _segment;
    private FrameReader? _reader;

    /// <summary>The version of the partition that the last empty <see cref="Fill"/> saw.</summary>
    public long Version { get; private set; }

    /// <summary>Fills a slice with what follows; false if there is nothing yet.</summary>
    /// <exception cref="LogDamagedException">The next bytes are not what was written.</exception>
    public bool Fill(LogSlice slice)
    {
        while (true)
        {
            if (_reader is null && !Open()) return false;
            var (length, following, version) = partition.Reach(_segment!);
            if (_position < length)
            {
                if (Read(slice, length)) return true;
            }
            else if (following is not null)
            {
                _next = Math.Max(_next, following.Offset);
                Dispose();
            }
            else
            {
                Version = version;
                return false;
            }
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private bool Open()
    {
        Version = partition.Version;
        while (partition.Find(_next) is { } segment)
        {
            try
            {
                _reader = new FrameReader(segment.Path);
                _segment = segment;
                _position = segment.Locate(_reader, _next, partition.Reach(segment).Length);
                return true;
            }
            catch (FileNotFoundException)
            {
                partition.Forget(segment); // retention took it, perhaps of another process
            }
        }
        return false;
    }

    private bool Read(LogSlice slice, long length)
    {
        var buffer = _reader!.Read(_position, length);
        if (buffer.IsEmpty) throw new LogDamagedException(_segment!.Path, _position);
        slice.Begin(partition.Name, buffer, _next);
        for (var at = 0; at < buffer.Length;)
        {
            var frame = Frame.Read(buffer.Span[at..]);
            frame.Fill(slice, buffer.Span, at, _next);
            at += frame.Bytes;
        }
        _position += buffer.Length;
        _next = slice.NextOffset;
        return slice.Count > 0;
    }
}
