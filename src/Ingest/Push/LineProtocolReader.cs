using System.Buffers.Text;

namespace Pipeline.Ingest.Push;

/// <summary>
/// Takes one line of InfluxDB line protocol apart without allocating: the series, then field by field, then the time. Every step returns
/// what is wrong, or null; after an error the reader is of no more use.
/// </summary>
public ref struct LineProtocolReader(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>Whether <see cref="ReadField"/> is to be called (again).</summary>
    public bool HasField { get; private set; }

    /// <summary>Whether a time is left to be read, once the fields are.</summary>
    public readonly bool HasTime => !_rest.IsEmpty;

    /// <summary>Measurement and tags as they stand.</summary>
    public string? ReadSeries(out ReadOnlySpan<byte> series)
    {
        var end = LineText.IndexOfUnescaped(_rest, (byte)' ');
        series = end < 0 ? _rest : _rest[..end];
        if (end >= 0) Skip(end);
        HasField = end >= 0 && !_rest.IsEmpty;
        return HasField ? null : "missing fields";
    }

    /// <param name="name">Still escaped.</param>
    /// <param name="value">As it stands; a text with its quotes.</param>
    public string? ReadField(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        var equals = LineText.IndexOfUnescaped(_rest, "=, "u8);
        if (equals <= 0) return _rest.IsEmpty || equals == 0 ? "missing field name" : "missing field value";
        if (_rest[equals] != '=') return "missing field value";
        name = _rest[..equals];
        _rest = _rest[(equals + 1)..];
        var end = EndOfValue(_rest);
        if (end <= 0) return end == 0 ? "missing field value" : "unbalanced quotes";
        value = _rest[..end];
        return ReadSeparator(end);
    }

    /// <param name="count">In the unit that the request names.</param>
    public readonly string? ReadTime(out long count)
    {
        var digits = _rest[0] == '-' ? 1 : 0;
        var isTime = Utf8Parser.TryParse(_rest, out count, out var length) && char.IsAsciiDigit((char)_rest[digits]);
        return isTime && _rest[length..].Trim((byte)' ').IsEmpty ? null : "bad time; it is a whole number";
    }

    private string? ReadSeparator(int end)
    {
        HasField = end < _rest.Length && _rest[end] == ',';
        if (HasField) _rest = _rest[(end + 1)..];
        else if (end == _rest.Length || _rest[end] == ' ') Skip(end);
        else return "text after the closing quote";
        return null;
    }

    private static int EndOfValue(ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("\""u8))
        {
            var length = LineText.IndexOfClosingQuote(rest[1..]);
            return length < 0 ? -1 : length + 2;
        }
        var end = rest.IndexOfAny((byte)',', (byte)' ');
        return end < 0 ? rest.Length : end;
    }

    private void Skip(int end) => _rest = _rest[end..].TrimStart(" \t"u8);
}
