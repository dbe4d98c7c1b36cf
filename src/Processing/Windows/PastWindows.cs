namespace Pipeline.Processing;

/// <summary>
/// What windows had that nothing can correct any more, as they were published last: kept, and their parts read again by a restart, for as
/// long as windows to come are compared with them.
/// </summary>
internal sealed class PastWindows(Baseline baseline, WindowGroups groups)
{
    private readonly SortedDictionary<long, PastEnd> _byEnd = [];

    /// <summary>The earliest end that is kept.</summary>
    public long? Earliest => _byEnd.Count == 0 ? null : _byEnd.First().Key;

    /// <returns>Whether there was anything to keep.</returns>
    public bool Keep(MergedEnd end)
    {
        var published = end.Windows.Where(w => w.Value.Published.Count > 0).OrderBy(w => w.Key).ToArray();
        if (published.Length == 0) return false;
        int[] ids = [.. published.Select(w => w.Key)];
        foreach (var id in ids) groups.Hold(id);
        _byEnd.Add(end.End, new PastEnd(end.First, ids, [.. published.Select(w => w.Value.Published)]));
        return true;
    }

    public void ForgetEarliest()
    {
        var (end, past) = _byEnd.First();
        foreach (var id in past.Groups) groups.Release(id);
        past.First.IsOver = true;
        _byEnd.Remove(end);
    }

    /// <summary>Sets the figures of a window that speak of the past, where there is any; summed up from the earliest window to the latest.</summary>
    public void Compare(MergedWindow window, long end, FurtherFigures figures)
    {
        var (total, days) = (default(SampleTotal), 0);
        for (var before = end - baseline.Reach; before < end; before += baseline.Period)
        {
            if (!_byEnd.TryGetValue(before, out var past) || past.Find(window.Group.Id) is not { } had) continue;
            total = total.Plus(had);
            days++;
        }
        if (days == 0) return;
        (figures.Baseline, figures.Change, figures.BaselineDays) = (total.Mean, Baseline.Change(window.Published.Mean, total.Mean), days);
    }

    /// <param name="Groups">Ascending.</param>
    /// <param name="Totals">One for each of them.</param>
    private sealed record PastEnd(RewindMark First, int[] Groups, SampleTotal[] Totals)
    {
        public SampleTotal? Find(int group) => Array.BinarySearch(Groups, group) is >= 0 and var place ? Totals[place] : null;
    }
}
