using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Which of the last sequences of one source have been seen: the highest, and a bit for each of the <see cref="Width"/> up to it.</summary>
internal sealed class SequenceWindow
{
    /// <summary>A sequence this far below the highest, or further, cannot be told from one that was seen, and is taken for one.</summary>
    public const int Width = 1024;

    private const int Words = Width / 64;

    /// <summary>By sequence modulo <see cref="Width"/>, so that nothing moves when the highest does.</summary>
    private readonly ulong[] _seen = new ulong[Words];
    private readonly string _source;
    private SeenSequences? _record;

    public SequenceWindow(string source) => _source = source;

    public SequenceWindow(SeenSequences record)
    {
        (_source, Highest, _record) = (record.Source, record.Highest, record);
        var bytes = record.Seen.AsSpan();
        for (var below = 0; below < Math.Min(Width, bytes.Length * 8) && below <= Highest; below++)
            if ((bytes[below / 8] >> below % 8 & 1) != 0) Set(Highest - below);
    }

    /// <summary>-1 before the first.</summary>
    public long Highest { get; private set; } = -1;

    /// <summary>Grows with every use of any source, so that the least belongs to the one unheard for the longest.</summary>
    public long LastUse { get; set; }

    /// <returns>Whether it had not been seen.</returns>
    public bool Add(long sequence)
    {
        if (sequence <= Highest - Width || sequence <= Highest && IsSet(sequence)) return false;
        if (sequence > Highest) MoveTo(sequence);
        Set(sequence);
        _record = null;
        return true;
    }

    /// <summary>As it now stands, for the progress; made only after a change.</summary>
    public SeenSequences Record() => _record ??= new SeenSequences(_source, Highest, Bytes());

    private byte[] Bytes()
    {
        var bytes = new byte[Width / 8];
        for (var below = 0; below < Width && below <= Highest; below++)
            if (IsSet(Highest - below)) bytes[below / 8] |= (byte)(1 << below % 8);
        return bytes.AsSpan().TrimEnd((byte)0).ToArray();
    }

    private void MoveTo(long sequence)
    {
        if (Highest <= sequence - Width) Array.Clear(_seen); // and not the other way round, which overflows for the highest there is
        else
            for (var next = Highest + 1; next < sequence; next++) _seen[Word(next)] &= ~(1UL << (int)(next % 64));
        Highest = sequence;
    }

    private bool IsSet(long sequence) => (_seen[Word(sequence)] >> (int)(sequence % 64) & 1) != 0;
    private void Set(long sequence) => _seen[Word(sequence)] |= 1UL << (int)(sequence % 64);
    private static int Word(long sequence) => (int)(sequence / 64 % Words);
}
