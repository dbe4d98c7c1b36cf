namespace Pipeline.Processing;

/// <summary>Works out a window of one group from its slices alone: what corrections and windows of a single slice are made by.</summary>
internal sealed class WindowContents(WindowDefinition definition, ResultWriter writer)
{
    private readonly double[] _sorted = new double[SortedValues.Most];
    private LargeWindow? _large;

    /// <summary>Writes the result of a group that has samples in these slices, which are sorted by group.</summary>
    /// <param name="slices">Those of the window that there are.</param>
    public void Write(WindowResults to, int group, int revision, List<WindowSlice> slices, long end)
    {
        WriteFigures(to, group, revision, slices, end);
        if (definition.Statistics is not { } statistics) return;
        var parts = new TwoParts(definition.Slicing.Slices, statistics);
        parts.Append(group, slices);
        writer.Attach(to, to.Count - 1, parts.Before(end));
    }

    /// <summary>Writes the result of a window that is a single slice.</summary>
    /// <param name="place">Of the group in the slice.</param>
    public void WriteSingle(WindowResults to, int group, List<WindowSlice> slice, int place, long end)
    {
        var samples = slice[0].Grouped[place];
        if (samples.Count > SortedValues.Most || definition.Statistics is not null) Write(to, group, 1, slice, end);
        else writer.Write(to, group, 1, Sorted(samples.Values), samples.First(), samples.Last());
    }

    /// <summary>Makes a large window what it would be had it run through these slices.</summary>
    /// <param name="end">The number of the slice after the window's last.</param>
    public void Fill(LargeWindow window, int group, List<WindowSlice> slices, long end)
    {
        window.Clear();
        var number = end - definition.Slicing.Slices;
        foreach (var slice in slices)
        {
            if (slice.Grouped.Find(group) is var place && place < 0) continue;
            for (; number < slice.Number; number++) window.AppendEmpty(number);
            window.Append(number++, slice.Grouped[place]);
        }
        for (; number < end; number++) window.AppendEmpty(number);
    }

    private ReadOnlySpan<double> Sorted(ReadOnlySpan<double> values)
    {
        if (values.Length == 1) return values;
        var sorted = _sorted.AsSpan(0, values.Length);
        values.CopyTo(sorted);
        SortedValues.Sort(sorted);
        return sorted;
    }

    private void WriteFigures(WindowResults to, int group, int revision, List<WindowSlice> slices, long end)
    {
        var count = 0L;
        TimedValue first = default, last = default;
        foreach (var slice in slices)
        {
            if (slice.Grouped.Find(group) is var place && place < 0) continue;
            var segment = slice.Grouped[place];
            if (count == 0) first = segment.First();
            last = segment.Last();
            if (count + segment.Count <= SortedValues.Most) segment.Values.CopyTo(_sorted.AsSpan((int)count));
            count += segment.Count;
        }
        if (count <= SortedValues.Most)
        {
            var sorted = _sorted.AsSpan(0, (int)count);
            SortedValues.Sort(sorted);
            writer.Write(to, group, revision, sorted, first, last);
            return;
        }
        _large ??= new LargeWindow(definition.Slicing.Slices, definition.SketchBits);
        Fill(_large, group, slices, end);
        writer.Write(to, group, revision, new LargeFigures(_large, _large.From(end - definition.Slicing.Slices, end), first, last));
    }
}
