using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The parts of event time that windows made of events still need: where a rewind begins, and how many groups there are at a time.</summary>
/// <param name="length">Of a part, milliseconds.</param>
internal sealed class EventParts(WindowGroups groups, long length)
{
    private readonly SortedList<long, EventPart> _parts = [];
    private EventPart? _last;

    /// <summary>The one that began earliest in the input.</summary>
    public EventPart? Earliest { get; private set; }

    public EventPart? First => _parts.Count == 0 ? null : _parts.Values[0];

    public EventPart? After(EventPart part) => _parts.GetValueOrDefault(part.Number + 1);

    /// <summary>The first instant after a part, Unix milliseconds.</summary>
    public long EndOf(EventPart part) => (part.Number + 1) * length;

    /// <summary>The part of a sample, which is there.</summary>
    public EventPart this[long time] => Number(time) is var number && _last?.Number == number ? _last : _last = _parts[number];

    /// <summary>Makes sure that the part of a sample is there.</summary>
    /// <param name="offset">The input that the sample came with.</param>
    public EventPart Open(long time, long offset, WatermarkRecord watermark)
    {
        var number = Number(time);
        if (_last?.Number == number) return _last;
        if (_parts.TryGetValue(number, out var part)) return _last = part;
        _parts.Add(number, part = new EventPart(number, offset, watermark));
        Earliest ??= part; // offsets rise
        return _last = part;
    }

    public void Join(EventPart part, int group)
    {
        if (part.Join(group)) groups.Hold(group);
    }

    public void RemoveFirst()
    {
        var part = First!;
        _parts.RemoveAt(0);
        foreach (var id in part.Members) groups.Release(id);
        if (part == Earliest) Earliest = _parts.Values.MinBy(p => p.FirstOffset);
        if (part == _last) _last = null;
    }

    private long Number(long time) => Slicing.FloorDivide(time, length);
}
