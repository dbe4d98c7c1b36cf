namespace Pipeline.Transport.Embedded;

/// <summary>One file of a partition, named by the offset of its first record.</summary>
internal sealed class Segment(string path, long offset, long length)
{
    private volatile SparseIndex? _index;
    private long? _firstTime;

    public string Path => path;
    public long Offset => offset;

    /// <summary>How far it is committed, in bytes. Changed by its partition only.</summary>
    public long Length { get; set; } = length;

    /// <summary>The places where frames begin, if anybody needed them yet.</summary>
    public SparseIndex? Index { get => _index; set => _index = value; }

    public static string PathOf(string folder, long offset) => System.IO.Path.Combine(folder, $"{offset:D20}.log");

    /// <summary>The segments of a partition's folder in their order, each as long as its file.</summary>
    public static IEnumerable<Segment> In(string folder) => !Directory.Exists(folder) ? [] :
        from file in new DirectoryInfo(folder).EnumerateFiles("*.log")
        let name = System.IO.Path.GetFileNameWithoutExtension(file.Name)
        where name.Length == 20 && name.All(char.IsAsciiDigit)
        orderby name
        select new Segment(file.FullName, long.Parse(name, System.Globalization.CultureInfo.InvariantCulture), file.Length);

    /// <summary>A place at or before an offset where a frame begins.</summary>
    public long Locate(FrameReader reader, long target, long length)
    {
        if (target <= offset) return 0;
        if (_index is null)
        {
            var index = new SparseIndex();
            Walk(reader, 0, length, (frame, position) => index.Add(frame.Offset, position));
            _index = index;
        }
        return _index.Before(target);
    }

    /// <summary>When its first record was appended, Unix ms; null if that cannot be read.</summary>
    public long? FirstTime()
    {
        if (_firstTime is not null) return _firstTime;
        using var reader = new FrameReader(path);
        var first = reader.Read(0, Length);
        return first.IsEmpty ? null : _firstTime = Frame.Read(first.Span).Time;
    }

    /// <summary>Visits every sound frame and returns where the first unsound one begins, or <paramref name="limit"/>.</summary>
    public static long Walk(FrameReader reader, long position, long limit, Action<Frame, long> visit)
    {
        while (position < limit)
        {
            var frames = reader.Read(position, limit).Span;
            if (frames.IsEmpty) break;
            for (var at = 0; at < frames.Length;)
            {
                var frame = Frame.Read(frames[at..]);
                visit(frame, position + at);
                at += frame.Bytes;
            }
            position += frames.Length;
        }
        return position;
    }
}
