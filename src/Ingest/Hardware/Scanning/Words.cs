using System.Buffers.Text;

namespace Pipeline.Ingest.Hardware;

/// <summary>Walks over the words of a line, separated by blanks. At the end words are empty and numbers are refused.</summary>
internal ref struct Words(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    public ReadOnlySpan<byte> Next()
    {
        _rest = _rest.TrimStart(" \t"u8);
        var end = _rest.IndexOfAny(" \t"u8);
        var word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..];
        return word;
    }

    public bool Next(out ulong number)
    {
        var word = Next();
        return Utf8Parser.TryParse(word, out number, out var used) && used == word.Length;
    }

    /// <summary>A number with a point, neither negative nor infinite.</summary>
    public bool Next(out double number)
    {
        var word = Next();
        return Utf8Parser.TryParse(word, out number, out var used) && used == word.Length && number >= 0 && double.IsFinite(number);
    }

    /// <summary>Fills all of <paramref name="numbers"/>, or says no.</summary>
    public bool Next(scoped Span<ulong> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
            if (!Next(out numbers[i])) return false;
        return true;
    }

    public static bool IsNumber(ReadOnlySpan<byte> word, out long number) =>
        Utf8Parser.TryParse(word, out number, out var used) && used == word.Length;
}
