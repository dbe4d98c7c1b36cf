using Pipeline.Contracts;

namespace Pipeline.Transport.Recordings;

/// <summary>
/// A recording, checked from its beginning to its end. Of its records none are kept in memory: a place in the file for each block is, about
/// 100 bytes a MiB of records.
/// </summary>
public sealed class Recording
{
    private readonly Dictionary<TopicPartition, List<BlockPlace>> _blocks = [];

    private Recording(string path) => Path = path;

    public string Path { get; }
    public RecordingHeader Header { get; private set; } = null!;

    /// <summary>What keeps it from being read to its end; null where nothing does.</summary>
    public RecordingDamage? Damage { get; private set; }

    public long Records { get; private set; }

    /// <summary>When the log took the first record, Unix milliseconds.</summary>
    public long FirstTime { get; private set; } = long.MaxValue;

    /// <summary>When the log took the last record, Unix milliseconds.</summary>
    public long LastTime { get; private set; } = long.MinValue;

    /// <summary>Reads the file through, up to the first block that is not what was written.</summary>
    /// <exception cref="RecordingDamagedException">Not even its header can be read.</exception>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static Recording Open(string path)
    {
        var recording = new Recording(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
        recording.Header = RecordingStart.Read(file);
        recording.Damage = recording.Scan(file);
        return recording;
    }

    /// <summary>How many records it holds of a partition.</summary>
    public long RecordsOf(TopicPartition partition) => Blocks(partition).Sum(b => (long)b.Header.Count);

    /// <summary>Reads one partition from its beginning.</summary>
    public RecordingCursor Read(TopicPartition partition) => new(Path, partition, Blocks(partition));

    private List<BlockPlace> Blocks(TopicPartition partition) => _blocks.GetValueOrDefault(partition) ?? [];

    private RecordingDamage? Scan(FileStream file)
    {
        var block = new byte[BlockHeader.Bytes];
        for (var position = file.Position; ; position = file.Position)
        {
            var left = file.Length - position;
            if (left == 0) return Damaged("it has no end; it was cut off there, or is still being written");
            if (left < BlockHeader.Bytes) return Damaged("it was cut off in a block");
            file.ReadExactly(block.AsSpan(0, BlockHeader.Prefix));
            var claimed = BlockHeader.Claimed(block);
            if (claimed > left) return Damaged("it was cut off in a block, or the length of the block is damaged");
            if (claimed < BlockHeader.Bytes || claimed > Array.MaxLength) return Damaged("the length of the block is damaged");
            if (block.Length < claimed) Array.Resize(ref block, (int)claimed);
            var whole = block.AsSpan(0, (int)claimed);
            file.ReadExactly(whole[BlockHeader.Prefix..]);
            if (!BlockHeader.IsIntact(whole)) return Damaged("the block is not what was written");
            var header = BlockHeader.Read(whole);
            if (!header.IsSound(Header.Topics)) return Damaged("the block makes no sense");
            if (header.IsEnd) return IsEnd(header) ? null : Damaged("its end does not fit what stands before it");
            Take(new BlockPlace(position, (int)claimed, header));

            RecordingDamage Damaged(string problem) => new(position, Records, problem);
        }

        bool IsEnd(BlockHeader header) => header.First == Records && file.Position == file.Length;
    }

    private void Take(BlockPlace block)
    {
        var header = block.Header;
        var partition = new TopicPartition(Header.Topics[header.Topic].Name, header.Partition);
        if (!_blocks.TryGetValue(partition, out var blocks)) _blocks.Add(partition, blocks = []);
        blocks.Add(block);
        Records += header.Count;
        FirstTime = Math.Min(FirstTime, header.FirstTime);
        LastTime = Math.Max(LastTime, header.LastTime);
    }
}

/// <summary>Where a block is.</summary>
internal readonly record struct BlockPlace(long Position, int Length, BlockHeader Header);
