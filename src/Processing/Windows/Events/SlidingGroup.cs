namespace Pipeline.Processing;

/// <summary>One group whose every instant with a sample ends a window.</summary>
internal sealed class SlidingGroup(WindowDefinition definition)
{
    private readonly SlidingWindow _window = new(definition);
    private readonly List<long> _late = [];

    public EventSamples Samples { get; } = new(definition.Statistics is { NeedsTags: true });

    /// <summary>Whether there is something that was not published yet.</summary>
    public bool IsPending { get; set; }

    /// <summary>A sample came after its instant, and perhaps others that it changes, were published.</summary>
    public void AddLate(long time) => _late.Add(time);

    /// <summary>Lets go of the samples before an instant.</summary>
    /// <returns>How many they were.</returns>
    public int RemoveBefore(long time)
    {
        var count = Samples.FirstFrom(time);
        Samples.RemoveFirst(count);
        _window.Shift(count);
        return count;
    }

    /// <summary>
    /// Moves from instant to instant over those that were not published and those in whose windows late samples are, up to a watermark.
    /// </summary>
    /// <param name="from">The watermark before.</param>
    /// <param name="write">Takes an instant, the place of its first sample and the window.</param>
    public void Advance(long from, long watermark, Action<long, int, SlidingWindow> write)
    {
        _late.Sort();
        var (late, lastLate) = (0, long.MinValue);
        var at = Samples.FirstFrom(_late.Count > 0 ? _late[0] : from);
        if (at != _window.To && IsBefore(at, watermark)) _window.Clear(Samples.FirstFrom(Samples.Times[at] - definition.Slicing.Size + 1));
        for (var next = at; IsBefore(at, watermark); at = next)
        {
            var time = Samples.Times[at];
            while (next < Samples.Count && Samples.Times[next] == time) next++;
            while (late < _late.Count && _late[late] <= time) lastLate = _late[late++];
            if (Samples.Revision(at) > 0 && lastLate <= time - definition.Slicing.Size) continue;
            _window.MoveTo(Samples, next);
            write(time, at, _window);
        }
        _late.Clear();
        IsPending = at < Samples.Count;
    }

    private bool IsBefore(int at, long watermark) => at < Samples.Count && Samples.Times[at] < watermark;
}
