namespace Pipeline.Processing;

/// <summary>The windows that late samples changed after they were published, and the revision each of them is at.</summary>
internal sealed class Corrections
{
    private readonly Dictionary<(WindowGroup Group, long End), int> _revisions = [];
    private readonly List<(WindowGroup Group, long End)> _changed = [];
    private readonly HashSet<(WindowGroup Group, long End)> _isChanged = [];

    /// <summary>Whether the window has changed since the last call of <see cref="Take"/>.</summary>
    public bool Holds(WindowGroup group, long end) => _isChanged.Contains((group, end));

    /// <param name="wasPublished">Whether the window had been published for this group before any correction.</param>
    public void Mark(WindowGroup group, long end, bool wasPublished)
    {
        _revisions.TryAdd((group, end), wasPublished ? 1 : 0);
        if (_isChanged.Add((group, end))) _changed.Add((group, end));
    }

    /// <summary>What has changed since the last call, in the order of the ends and then of the changes, each with its new revision.</summary>
    public IEnumerable<(WindowGroup Group, long End, int Revision)> Take()
    {
        if (_changed.Count == 0) return [];
        var taken = _changed.OrderBy(c => c.End).Select(c => (c.Group, c.End, ++_revisions[c])).ToList();
        _changed.Clear();
        _isChanged.Clear();
        return taken;
    }

    /// <summary>Forgets the windows that can no longer change.</summary>
    public void Forget(long throughEnd)
    {
        if (_revisions.Count == 0) return;
        foreach (var key in _revisions.Keys.Where(k => k.End <= throughEnd).ToList()) _revisions.Remove(key);
    }
}
