using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Pipeline.Sinks.Influx;

/// <summary>Writes the pieces of a line of line protocol into a span that is large enough.</summary>
internal ref struct LineWriter(Span<byte> span)
{
    /// <summary>Bytes that a text may take beyond three for each of its characters.</summary>
    public const int Slack = 16;

    public const int MaxNumber = 32;

    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Select(i => (byte)i), .. ",= "u8]);
    private readonly Span<byte> _span = span;

    public int Length { get; private set; }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_span[Length..]);
        Length += bytes.Length;
    }

    /// <summary>
    /// A name or a tag's text, escaped. InfluxDB has no escape for two things, so a control character becomes an underscore, and a
    /// backslash at the end, which would escape the separator after it, is followed by one.
    /// </summary>
    /// <param name="escapable">What a backslash escapes in this place; it is itself otherwise.</param>
    public void Text(ReadOnlySpan<char> text, ReadOnlySpan<byte> escapable)
    {
        var length = Encoding.UTF8.GetBytes(text, _span[Length..]);
        var bytes = _span.Slice(Length, length);
        if (bytes.ContainsAny(Special)) length = Escape(bytes, escapable);
        Length += length;
        if (length > 0 && _span[Length - 1] == '\\') _span[Length++] = (byte)'_';
    }

    public void Number(double value)
    {
        value.TryFormat(_span[Length..], out var written, default, CultureInfo.InvariantCulture);
        Length += written;
    }

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _span[Length..], out var written);
        Length += written;
    }

    /// <summary>From the end, so that every byte moves once.</summary>
    /// <returns>The length with the escapes.</returns>
    private readonly int Escape(Span<byte> bytes, ReadOnlySpan<byte> escapable)
    {
        var escapes = 0;
        foreach (var one in bytes)
            if (escapable.Contains(one)) escapes++;
        var total = bytes.Length + escapes;
        var wide = _span.Slice(Length, total);
        var to = total;
        for (var from = bytes.Length - 1; from >= 0; from--)
        {
            var one = wide[from];
            wide[--to] = one < ' ' ? (byte)'_' : one;
            if (escapable.Contains(one)) wide[--to] = (byte)'\\';
        }
        return total;
    }
}
