using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>A kind and a label set, with the metrics met under it.</summary>
internal sealed class Series(string kind, LabelSet labels)
{
    /// <summary>Up to so many names are looked through one by one.</summary>
    private const int Few = 8;

    private readonly List<Numbered> _few = [];
    private Utf8Table<Numbered>? _many;

    /// <returns>The metric's number in the table.</returns>
    public int Metric(ReadOnlySpan<byte> valueName, SeriesTable table)
    {
        foreach (var known in _few)
            if (valueName.SequenceEqual(known.Name)) return known.Number;
        if (_many?.TryGet(valueName, out var other) == true) return other.Number;
        var added = new Numbered(valueName.ToArray(), table.Add(new SeriesMetric(kind + "." + Encoding.UTF8.GetString(valueName), labels)));
        if (_few.Count < Few) _few.Add(added);
        else (_many ??= new Utf8Table<Numbered>(int.MaxValue)).Add(valueName, added);
        return added.Number;
    }

    private sealed record Numbered(byte[] Name, int Number);
}
