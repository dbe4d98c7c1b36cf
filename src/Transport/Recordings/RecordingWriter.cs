using Pipeline.Contracts;

namespace Pipeline.Transport.Recordings;

/// <summary>
/// Writes a recording. What is on the disk can be read at any time up to its last whole block; only <see cref="Complete"/> says that nothing is
/// missing.
/// </summary>
public sealed class RecordingWriter : IDisposable
{
    private readonly Dictionary<TopicPartition, BlockBuffer> _buffers = [];
    private readonly FileStream _file;

    private RecordingWriter(FileStream file, RecordingHeader header)
    {
        _file = file;
        for (var topic = 0; topic < header.Topics.Count; topic++)
            for (var partition = 0; partition < header.Topics[topic].From.Count; partition++)
                _buffers.Add(new TopicPartition(header.Topics[topic].Name, partition), new BlockBuffer(topic, partition));
        _file.Write(RecordingStart.Write(header));
    }

    /// <summary>Of a block, unpacked: it can only be read whole.</summary>
    internal int BlockBytes { get; set; } = 1 << 20;

    public long Records { get; private set; }

    /// <summary>On the disk.</summary>
    public long Bytes => _file.Position;

    /// <exception cref="IOException">The file exists already, or cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static RecordingWriter Create(string path, RecordingHeader header) =>
        new(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0), header);

    /// <summary>Adds a record behind those of its partition that were added before.</summary>
    /// <exception cref="IOException">The disk takes no more.</exception>
    public void Add(TopicPartition partition, in LogRecord record)
    {
        var buffer = _buffers[partition];
        buffer.Add(record);
        Records++;
        if (buffer.Length >= BlockBytes) _file.Write(buffer.Pack());
    }

    /// <summary>Writes what has been gathered, however little it is.</summary>
    public void Flush()
    {
        foreach (var buffer in _buffers.Values)
            if (buffer.Count > 0) _file.Write(buffer.Pack());
    }

    /// <summary>Writes what is left and the mark of the end, and forces all of it to the disk.</summary>
    public void Complete()
    {
        Flush();
        var end = new byte[BlockHeader.Bytes];
        new BlockHeader(BlockHeader.End, 0, Records, 0, 0, 0, 0, 0).Seal(end);
        _file.Write(end);
        _file.Flush(flushToDisk: true);
    }

    public void Dispose() => _file.Dispose();
}
