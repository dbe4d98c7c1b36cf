namespace Pipeline.Testing;

/// <summary>Sound inputs with damage that a seed draws: bytes changed, left out, put in, doubled, and pieces of one input in another.</summary>
public sealed class Mutator(int seed, params IReadOnlyList<byte[]> examples)
{
    /// <summary>What decoders stumble over.</summary>
    private static readonly byte[][] Scraps =
    [
        "\""u8.ToArray(), "\\"u8.ToArray(), "\\u0000"u8.ToArray(), "\\ud800"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "[[[["u8.ToArray(), ","u8.ToArray(), " "u8.ToArray(),
        "="u8.ToArray(), "\n"u8.ToArray(), "null"u8.ToArray(), "-1e400"u8.ToArray(), "9223372036854775808"u8.ToArray(), "NaN"u8.ToArray(), [0], [0xff], [0xff, 0xff, 0xff, 0xff, 0x7f], [0xed, 0xa0, 0x80],
    ];

    private readonly Random _random = new(seed);
    private byte[] _bytes = new byte[256];
    private int _length;

    /// <summary>The next input; valid until the next call. One in sixteen is whole.</summary>
    public ReadOnlySpan<byte> Next()
    {
        _length = 0;
        Splice(0, 0, Pick(examples));
        for (var rounds = _random.Next(16) == 0 ? 0 : 1 + _random.Next(4); rounds > 0; rounds--) Damage();
        return _bytes.AsSpan(0, _length);
    }

    private void Damage()
    {
        var at = _random.Next(_length + 1);
        var rest = _length - at;
        var piece = _random.Next(1 + Math.Min(rest, 16));
        switch (_random.Next(6))
        {
            case 0 when rest > 0: _bytes[at] ^= (byte)(1 << _random.Next(8)); break;
            case 1: Splice(at, piece, []); break;
            case 2: Splice(at, piece, Pick(Scraps)); break;
            case 3: Splice(at, 0, _bytes.AsSpan(at, piece).ToArray()); break;
            case 4: Splice(at, rest, Pick(examples).AsSpan() is var other ? other[Math.Min(at, other.Length)..] : default); break;
            default: _length = _random.Next(4) == 0 ? at : _length; break;
        }
    }

    private byte[] Pick(IReadOnlyList<byte[]> from) => from[_random.Next(from.Count)];

    private void Splice(int at, int remove, ReadOnlySpan<byte> insert)
    {
        var length = _length - remove + insert.Length;
        if (length > _bytes.Length) Array.Resize(ref _bytes, length * 2);
        _bytes.AsSpan(at + remove, _length - at - remove).CopyTo(_bytes.AsSpan(at + insert.Length));
        insert.CopyTo(_bytes.AsSpan(at));
        _length = length;
    }
}
