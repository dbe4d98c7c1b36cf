namespace Pipeline.Processing;

/// <summary>Late samples that their windows still take: which published windows they change, and the revisions those are at.</summary>
internal sealed class LateSamples(WindowDefinition definition, WindowSlices slices, long since)
{
    private readonly Corrections _corrections = new();
    private readonly List<WindowSlice> _window = [];
    private readonly Slicing _slicing = definition.Slicing;
    private bool _any;

    /// <summary>Marks the published windows that a late sample, which is in the log of its slice now, changes.</summary>
    public void Mark(WindowGroup group, long number, long watermark)
    {
        _any = true;
        var last = Math.Min(_slicing.LastEndOf(number), watermark);
        for (var end = _slicing.FirstEndOf(number); end <= last; end += _slicing.Slide)
            if (end + definition.Lateness > watermark && end - _slicing.Size >= since && !_corrections.Holds(group, end))
                _corrections.Mark(group, end, WasPublished(group, end));
    }

    /// <summary>Takes the late samples into the windows and publishes what they have changed.</summary>
    /// <param name="unpublishedFrom">The first slice that no published window holds.</param>
    public void Publish(WindowFiring firing, long unpublishedFrom, in Signal cause, SignalBatch output)
    {
        if (!_any) return;
        _any = false;
        firing.TakeLate(unpublishedFrom);
        foreach (var (group, end, revision) in _corrections.Take()) firing.Correct(group, end, revision, cause, output);
    }

    /// <summary>Forgets the windows that can no longer change.</summary>
    public void Forget(long throughEnd) => _corrections.Forget(throughEnd);

    /// <summary>Before any correction: what is sorted by group was there when the window was published.</summary>
    private bool WasPublished(WindowGroup group, long end)
    {
        slices.Within(_slicing.SliceOf(end - _slicing.Size), _slicing.SliceOf(end), _window);
        return _window.Exists(s => s.Grouped.Find(group.Id) >= 0);
    }
}
