namespace Pipeline.Processing;

/// <summary>The further statistics of the windows of all groups at one end: what a slice brings is taken in once, whatever the overlap.</summary>
internal sealed class RunningStatistics(WindowDefinition definition, StatisticSet statistics)
{
    private TwoParts?[] _byId = [];

    /// <summary>Takes in what slices bring that come after those it has.</summary>
    /// <param name="isEmpty">The window now holds no samples of the group.</param>
    public void Move(int id, List<WindowSlice> added, bool isEmpty)
    {
        Arrays.Extend(ref _byId, id + 1);
        if (isEmpty) _byId[id] = null;
        else (_byId[id] ??= new TwoParts(definition.Slicing.Slices, statistics)).Append(id, added);
    }

    /// <summary>Works a group out anew.</summary>
    /// <param name="window">All slices that the window holds.</param>
    public void Rebuild(int id, List<WindowSlice> window)
    {
        Move(id, [], isEmpty: true);
        Move(id, window, isEmpty: false);
    }

    /// <summary>The window of the slices before a number; the group has samples in it.</summary>
    public StatisticStates Before(int id, long end) => _byId[id]!.Before(end);

    public void Clear() => Array.Clear(_byId);
}
