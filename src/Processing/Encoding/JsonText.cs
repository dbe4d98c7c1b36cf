using System.Buffers.Text;
using System.Text;

namespace Pipeline.Processing;

/// <summary>Writes fields of JSON into a span that has room for them: names come with their punctuation.</summary>
internal ref struct JsonText(Span<byte> to)
{
    private readonly Span<byte> _to = to;

    public int Length { get; private set; }

    public void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_to[Length..]);
        Length += text.Length;
    }

    public void Text(string text) => Length += Encoding.UTF8.GetBytes(text, _to[Length..]);

    public void Number(long value)
    {
        Utf8Formatter.TryFormat(value, _to[Length..], out var written);
        Length += written;
    }

    public void Field(ReadOnlySpan<byte> name, double value)
    {
        Text(name);
        Length += ShortestDouble.Write(_to[Length..], value);
    }

    public void Field(ReadOnlySpan<byte> name, long value)
    {
        Text(name);
        Number(value);
    }

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, _to[Length..], out _, out var written);
        Length += written;
    }
}
