namespace Pipeline.Ingest.Push;

/// <summary>
/// The lines of a body with the number each begins at. In line protocol a line break inside a quoted text does not end the line; a quote
/// that is never closed costs its own line only.
/// </summary>
public ref struct BodyLines(ReadOnlySpan<byte> body, bool quotedBreaks)
{
    private ReadOnlySpan<byte> _rest = body;
    private int _next = 1;

    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        var end = BreakFrom(_rest, 0);
        Number = _next++;
        if (quotedBreaks && _rest[..end].Contains((byte)'"'))
        {
            end = EndOfQuoted(_rest, end);
            _next += _rest[..end].Count((byte)'\n');
        }
        Current = _rest[..end];
        if (Current.EndsWith("\r"u8)) Current = Current[..^1];
        _rest = _rest[Math.Min(end + 1, _rest.Length)..];
        return true;
    }

    private static int EndOfQuoted(ReadOnlySpan<byte> rest, int end)
    {
        var at = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (at < 0 || rest[at] == '#') return end;
        var fields = LineText.IndexOfUnescaped(rest[at..end], (byte)' ');
        if (fields < 0) return end;
        at += fields;
        while (true)
        {
            var next = rest[at..].IndexOfAny((byte)'"', (byte)'\n');
            if (next < 0) return rest.Length;
            at += next;
            if (rest[at] == '\n') return at;
            if (Opens(rest, at))
            {
                var length = LineText.IndexOfClosingQuote(rest[(at + 1)..]);
                if (length < 0) return BreakFrom(rest, at);
                at += length + 1;
            }
            at++;
        }
    }

    private static bool Opens(ReadOnlySpan<byte> line, int quote) => line[quote - 1] == '=' && line[quote - 2] != '\\';

    private static int BreakFrom(ReadOnlySpan<byte> rest, int start)
    {
        var length = rest[start..].IndexOf((byte)'\n');
        return length < 0 ? rest.Length : start + length;
    }
}
