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

    /// <summary>The number in the table of a metric that was met before.</summary>
    public bool TryGetMetric(ReadOnlySpan<byte> valueName, out int number)
    {
        number = -1;
        foreach (var known in _few)
        {
            if (!valueName.SequenceEqual(known.Name)) continue;
            number = known.Number;
            return true;
        }
        if (_many?.TryGet(valueName, out var other) != true) return false;
        number = other!.Number;
        return true;
    }

    /// <returns>The metric's number in the table.</returns>
    public int Metric(ReadOnlySpan<byte> valueName, SeriesTable table)
    {
        if (TryGetMetric(valueName, out var number)) return number;
        var added = new Numbered(valueName.ToArray(), table.Add(new SeriesMetric(kind + "." + Encoding.UTF8.GetString(valueName), labels)));
        if (_few.Count < Few) _few.Add(added);
        else (_many ??= new Utf8Table<Numbered>(int.MaxValue)).Add(valueName, added);
        return added.Number;
    }

    private sealed record Numbered(byte[] Name, int Number);
}
