using System.Buffers.Text;

namespace Pipeline.Processing;

/// <summary>The further figures of a result as fields that follow others.</summary>
internal static class FurtherFiguresText
{
    public static int MaxLength(FurtherFigures figures)
    {
        var room = 512 + (figures.Above?.Count ?? 0) * 2 * (ShortestDouble.MaxLength + 8);
        foreach (var (name, bytes) in figures.States) room += name.Length + 8 + Base64.GetMaxEncodedToUtf8Length(bytes.Length);
        return room;
    }

    public static void Write(ref JsonText to, FurtherFigures figures, StatisticSet statistics)
    {
        Field(ref to, ",\"standardDeviation\":"u8, figures.StandardDeviation);
        Field(ref to, ",\"increase\":"u8, figures.Increase);
        Field(ref to, ",\"increaseRate\":"u8, figures.IncreaseRate);
        if (figures.Above is { } shares) Shares(ref to, shares, statistics.ThresholdFields);
        if (figures.Distinct is { } distinct) to.Field(",\"distinct\":"u8, distinct);
        Field(ref to, ",\"ewma\":"u8, figures.Ewma);
        Field(ref to, ",\"baseline\":"u8, figures.Baseline);
        Field(ref to, ",\"change\":"u8, figures.Change);
        if (figures.BaselineDays is { } days) to.Field(",\"baselineDays\":"u8, (long)days);
        if (figures.States.Count > 0) States(ref to, figures.States);
    }

    private static void Shares(ref JsonText to, IReadOnlyList<double> shares, IReadOnlyList<byte[]> names)
    {
        to.Text(",\"above\":{"u8);
        for (var i = 0; i < shares.Count; i++) to.Field(names[i], shares[i]);
        to.Text("}"u8);
    }

    private static void States(ref JsonText to, IReadOnlyList<(string Name, byte[] Bytes)> states)
    {
        to.Text(",\"states\":{"u8);
        for (var i = 0; i < states.Count; i++)
        {
            to.Text(i == 0 ? "\""u8 : ",\""u8);
            to.Text(states[i].Name);
            to.Text("\":\""u8);
            to.Base64(states[i].Bytes);
            to.Text("\""u8);
        }
        to.Text("}"u8);
    }

    private static void Field(ref JsonText to, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number) to.Field(name, number);
    }
}
