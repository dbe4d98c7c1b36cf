namespace Pipeline.Transport.Embedded;

/// <summary>Gathers the records of one partition as frames, ready to be written in one call.</summary>
internal sealed class FrameBuffer
{
    private const int FrameBytes = 1024 * 1024;
    private const int KeptBytes = 4 * 1024 * 1024;

    private byte[] _bytes = [];
    private int _length, _frame, _count;
    private long _next, _time;

    /// <summary>The offset behind the last record.</summary>
    public long Next => _next + _count;

    public void Begin(long next, long time)
    {
        if (_bytes.Length > KeptBytes) _bytes = [];
        (_next, _time, _length, _frame, _count) = (next, time, 0, 0, 0);
    }

    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var most = Frame.Header + 2 * Varint.MaxBytes + key.Length + value.Length;
        if (_count > 0 && _length - _frame + most > FrameBytes) Seal();
        if (_bytes.Length - _length < most) Array.Resize(ref _bytes, Math.Max(checked(_length + most), Math.Max(16 * 1024, _bytes.Length * 2)));
        if (_count++ == 0) _length += Frame.Header;
        Varint.Write(_bytes, ref _length, key.Length);
        Varint.Write(_bytes, ref _length, value.Length);
        key.CopyTo(_bytes.AsSpan(_length));
        value.CopyTo(_bytes.AsSpan(_length += key.Length));
        _length += value.Length;
    }

    /// <summary>All frames. Valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        if (_count > 0) Seal();
        return _bytes.AsSpan(0, _length);
    }

    private void Seal()
    {
        Frame.Seal(_bytes.AsSpan(_frame, _length - _frame), _next, _time, _count);
        (_next, _frame, _count) = (Next, _length, 0);
    }
}
