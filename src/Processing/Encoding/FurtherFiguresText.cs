using System.Buffers.Text;
using System.Text;

namespace Pipeline.Processing;

/// <summary>Writes the further figures of a result as fields that follow others.</summary>
internal ref struct FurtherFiguresText
{
    private readonly Span<byte> _to;
    private int _length;

    private FurtherFiguresText(Span<byte> to) => _to = to;

    public static int MaxLength(FurtherFigures figures)
    {
        var room = 512 + (figures.Above?.Count ?? 0) * 2 * (ShortestDouble.MaxLength + 8);
        foreach (var (name, bytes) in figures.States) room += name.Length + 8 + Base64.GetMaxEncodedToUtf8Length(bytes.Length);
        return room;
    }

    /// <returns>How many bytes it is.</returns>
    public static int Write(Span<byte> to, FurtherFigures figures, StatisticSet statistics)
    {
        var text = new FurtherFiguresText(to);
        text.Field(",\"standardDeviation\":"u8, figures.StandardDeviation);
        text.Field(",\"increase\":"u8, figures.Increase);
        text.Field(",\"increaseRate\":"u8, figures.IncreaseRate);
        if (figures.Above is { } shares) text.Shares(shares, statistics.ThresholdFields);
        if (figures.Distinct is { } distinct) text.Number(",\"distinct\":"u8, distinct);
        text.Field(",\"ewma\":"u8, figures.Ewma);
        if (figures.States.Count > 0) text.States(figures.States);
        return text._length;
    }

    private void Shares(IReadOnlyList<double> shares, IReadOnlyList<byte[]> names)
    {
        Text(",\"above\":{"u8);
        for (var i = 0; i < shares.Count; i++) Field(names[i], shares[i]);
        Text("}"u8);
    }

    private void States(IReadOnlyList<(string Name, byte[] Bytes)> states)
    {
        Text(",\"states\":{"u8);
        for (var i = 0; i < states.Count; i++)
        {
            Text(i == 0 ? "\""u8 : ",\""u8);
            _length += Encoding.UTF8.GetBytes(states[i].Name, _to[_length..]);
            Text("\":\""u8);
            Base64.EncodeToUtf8(states[i].Bytes, _to[_length..], out _, out var written);
            _length += written;
            Text("\""u8);
        }
        Text("}"u8);
    }

    private void Field(ReadOnlySpan<byte> name, double? value)
    {
        if (value is not { } number) return;
        Text(name);
        _length += ShortestDouble.Write(_to[_length..], number);
    }

    private void Number(ReadOnlySpan<byte> name, long value)
    {
        Text(name);
        Utf8Formatter.TryFormat(value, _to[_length..], out var written);
        _length += written;
    }

    private void Text(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_to[_length..]);
        _length += text.Length;
    }
}
