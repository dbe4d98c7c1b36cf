using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport.Recordings;

/// <summary>The records of one block, unpacked; read one after the other. Filled again for the next one.</summary>
internal sealed class Block
{
    private byte[] _packed = [];
    private byte[] _bytes = [];
    private int _length, _number, _at, _left;
    private long _next, _time;
    private Entry _entry;

    /// <summary>The next record to be read is there.</summary>
    public bool HasEntry { get; private set; }

    /// <summary>When the log took the next record, Unix milliseconds.</summary>
    public long NextTime => _entry.Time;

    /// <summary>Where the records after this block begin.</summary>
    public long End { get; private set; }

    /// <exception cref="FormatException">It is not what was written.</exception>
    public void Load(SafeFileHandle file, BlockPlace place)
    {
        Grow(ref _packed, place.Length);
        var packed = _packed.AsSpan(0, place.Length);
        for (var read = 0; read < packed.Length;)
        {
            var some = RandomAccess.Read(file, packed[read..], place.Position + read);
            if (some == 0) throw new FormatException("it was cut off since it was opened");
            read += some;
        }
        if (!BlockHeader.IsIntact(packed)) throw new FormatException("the block was changed since the file was opened");
        Unpack(packed[BlockHeader.Bytes..], place.Header);
    }

    /// <exception cref="FormatException">It is not what was written.</exception>
    public void Unpack(ReadOnlySpan<byte> packed, in BlockHeader header)
    {
        Grow(ref _bytes, header.Unpacked);
        if (!BrotliDecoder.TryDecompress(packed, _bytes.AsSpan(0, header.Unpacked), out _length) || _length != header.Unpacked)
            throw new FormatException("the block cannot be unpacked");
        (_number, _left, _next, _time, End) = (0, header.Count, header.First, header.FirstTime, header.Next);
        _at = SkipNumbers();
        Advance();
    }

    /// <summary>Says that the slice speaks of this block's bytes from the next record on.</summary>
    public void Begin(LogSlice slice, TopicPartition partition) => slice.Begin(partition, _bytes.AsMemory(0, _length), _entry.Offset);

    /// <summary>Adds the next record to a slice and moves behind it.</summary>
    /// <exception cref="FormatException">It is not what was written.</exception>
    public void MoveTo(LogSlice slice)
    {
        var value = _at + _entry.Key;
        slice.Add(_entry.Offset, _entry.Time, _at..value, value..(_at = value + _entry.Value));
        Advance();
    }

    private void Advance()
    {
        HasEntry = _left-- > 0;
        if (!HasEntry) return;
        var numbers = new VarintReader(_bytes.AsSpan(_number, _length - _number));
        var offset = _next + (long)numbers.Read();
        var time = _time + Varint.UnZigZag(numbers.Read());
        var (key, value) = (numbers.Read(), numbers.Read());
        if (offset < _next || offset >= End || time < BlockHeader.MinTime || time > BlockHeader.MaxTime || !HasRoom(key, value))
            throw new FormatException("a record makes no sense");
        _entry = new Entry(offset, time, (int)key, (int)value);
        (_number, _next, _time) = (_length - numbers.Left, offset + 1, time);
    }

    private bool HasRoom(ulong key, ulong value) => key <= (ulong)(_length - _at) && value <= (ulong)(_length - _at) - key;

    /// <summary>Where keys and values begin.</summary>
    private int SkipNumbers()
    {
        var numbers = new VarintReader(_bytes.AsSpan(0, _length));
        for (var i = 0; i < 4 * _left; i++) numbers.Read();
        return _length - numbers.Left;
    }

    private static void Grow(ref byte[] bytes, int length)
    {
        if (bytes.Length < length) bytes = new byte[Math.Max(length, Math.Min(Array.MaxLength, bytes.Length * 2L))];
    }

    private readonly record struct Entry(long Offset, long Time, int Key, int Value);
}
