using System.Runtime.InteropServices;

namespace Pipeline.Sinks;

/// <summary>The points of one series, by end. Ordered among runs by the oldest point. Guarded by the model.</summary>
internal sealed class LiveRun(LiveSeries series) : IComparable<LiveRun>
{
    private readonly List<LivePoint> _points = new(1);

    public LiveSeries Series => series;
    public LinkedListNode<LiveRun>? Use { get; set; }
    public int Count => _points.Count;
    public LivePoint Newest => _points[^1];

    /// <summary>The newest that was not taken back; null where all were.</summary>
    public LivePoint? NewestShown => _points.FindLast(p => p.Count > 0);

    /// <summary>When its oldest point may go: a long window closes seldom, so it is worth its size more. Unix milliseconds.</summary>
    public long OldestUntil => _points[0].End + _points[0].Series.Size;

    /// <summary>The place of the point with this end; the complement of where it would be, if there is none.</summary>
    public int Find(long end)
    {
        if (_points.Count == 0 || end > Newest.End) return ~_points.Count;
        var (low, high) = (0, _points.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_points[middle].End == end) return middle;
            if (_points[middle].End < end) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    public LivePoint this[int index]
    {
        get => _points[index];
        set => _points[index] = value;
    }

    public void Insert(int index, LivePoint point) => _points.Insert(index, point);

    public void RemoveOldest() => _points.RemoveAt(0);

    public ReadOnlySpan<LivePoint> Between(long from, long to)
    {
        var (first, last) = (Place(from), to == long.MaxValue ? _points.Count : Place(to + 1));
        return last <= first ? [] : CollectionsMarshal.AsSpan(_points)[first..last];
    }

    public int CompareTo(LiveRun? other)
    {
        if (other is null) return 1;
        return OldestUntil.CompareTo(other.OldestUntil) is not 0 and var byAge ? byAge : LiveSeries.Order.Compare(series, other.Series);
    }

    private int Place(long end) => Find(end) is >= 0 and var found ? found : ~Find(end);
}
