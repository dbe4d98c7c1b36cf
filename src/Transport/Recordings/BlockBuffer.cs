using System.Buffers;
using System.IO.Compression;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport.Recordings;

/// <summary>
/// Gathers records of one partition and packs them as a block: for each record its offset and time as steps from the one before and its two
/// lengths, all as varints; then keys and values.
/// </summary>
internal sealed class BlockBuffer(int topic, int partition)
{
    /// <summary>Brotli's quality: packs observations as small as 5 does, in a seventh of the time.</summary>
    private const int Quality = 1;
    private const int WindowBits = 22;

    private readonly ArrayBufferWriter<byte> _numbers = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private long _first, _next, _firstTime, _time, _lastTime;

    public int Count { get; private set; }

    /// <summary>Unpacked.</summary>
    public int Length => _numbers.WrittenCount + _bytes.WrittenCount;

    public void Add(in LogRecord record)
    {
        var time = Math.Clamp(record.Time, BlockHeader.MinTime, BlockHeader.MaxTime);
        if (Count++ == 0) (_first, _next, _firstTime, _time, _lastTime) = (record.Offset, record.Offset, time, time, time);
        Write((ulong)(record.Offset - _next));
        Write(Varint.ZigZag(time - _time));
        Write((ulong)record.Key.Length);
        Write((ulong)record.Value.Length);
        _bytes.Write(record.Key);
        _bytes.Write(record.Value);
        (_next, _time, _lastTime) = (record.Offset + 1, time, Math.Max(_lastTime, time));
    }

    /// <summary>The block, whole; the buffer is empty then.</summary>
    public byte[] Pack()
    {
        _numbers.Write(_bytes.WrittenSpan);
        var unpacked = _numbers.WrittenSpan;
        var block = ArrayPool<byte>.Shared.Rent(BlockHeader.Bytes + BrotliEncoder.GetMaxCompressedLength(unpacked.Length));
        if (!BrotliEncoder.TryCompress(unpacked, block.AsSpan(BlockHeader.Bytes), out var packed, Quality, WindowBits))
            throw new InvalidOperationException("Brotli took more room than it says that it may.");
        var whole = block.AsSpan(0, BlockHeader.Bytes + packed).ToArray();
        ArrayPool<byte>.Shared.Return(block);
        new BlockHeader(topic, partition, _first, _next, _firstTime, _lastTime, Count, unpacked.Length).Seal(whole);
        _numbers.ResetWrittenCount();
        _bytes.ResetWrittenCount();
        Count = 0;
        return whole;
    }

    private void Write(ulong number) => _numbers.Advance(Varint.Write(_numbers.GetSpan(Varint.MaxLength), number));
}
