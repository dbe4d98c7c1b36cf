namespace Pipeline.Processing;

/// <summary>Works out the windows of a definition when they are due, and puts their results out in the order of the groups' names.</summary>
internal sealed class WindowFiring
{
    /// <summary>Groups that are moved before their results are written, so that all of them stay in the nearest cache.</summary>
    private const int Together = 32;

    private readonly Slicing _slicing;
    private readonly WindowGroups _groups;
    private readonly WindowSlices _slices;
    private readonly string? _node;
    private readonly string _partNode;
    private readonly ResultWriter _writer;
    private readonly WindowContents _contents;
    private readonly RunningWindows? _running;
    private readonly List<WindowSlice> _window = [];
    private readonly HashSet<int> _logged = [];
    private int[] _places = [];

    public WindowFiring(WindowGroups groups, WindowSlices slices, WindowPlan plan, string node)
    {
        var definition = plan.Definition;
        (_slicing, _groups, _slices) = (definition.Slicing, groups, slices);
        (_node, _partNode) = (plan.SpansPartitions ? node : null, node);
        _writer = new ResultWriter(definition, isPartial: plan.SpansPartitions || plan.PartOf.Count > 0);
        _contents = new WindowContents(definition, _writer);
        _running = _slicing.Slices == 1 ? null : new RunningWindows(definition, slices, _contents);
    }

    /// <summary>Results of windows that begin later, and lie end to end, are parts of longer ones; null for none.</summary>
    public long? PartsSince { get; init; }

    /// <param name="isPublished">Without it the windows are only moved on.</param>
    public void Fire(long end, bool isPublished, in Signal cause, SignalBatch output)
    {
        Arrays.Renew(ref _places, _groups.Ids);
        var from = output.Results.Ordered;
        if (_running is null) FireSingle(_slicing.SliceOf(end), isPublished, output.Results);
        else FireRunning(_slicing.SliceOf(end), isPublished, output.Results);
        if (!isPublished) return;
        foreach (var id in _groups.InOrder())
        {
            if (_places[id] == 0) continue;
            output.Results.Take(_places[id] - 1);
            _places[id] = 0;
        }
        Publish(end, from, cause, output);
    }

    /// <summary>Publishes one window of one group again.</summary>
    public void Correct(WindowGroup group, long end, int revision, in Signal cause, SignalBatch output)
    {
        _slices.Within(_slicing.SliceOf(end - _slicing.Size), _slicing.SliceOf(end), _window);
        _contents.Write(output.Results, group.Id, revision, _window, _slicing.SliceOf(end));
        output.Results.Take(output.Results.Count - 1);
        Publish(end, output.Results.Ordered - 1, cause, output);
    }

    /// <summary>Takes the late samples of published slices into the windows.</summary>
    public void TakeLate(long unpublishedFrom)
    {
        _slices.Settle();
        foreach (var slice in _slices.All)
            if (slice.Logged > 0 && slice.Number < unpublishedFrom) TakeLate(slice);
    }

    /// <summary>Lets go of a slice, which has been removed and which no window to come holds.</summary>
    public void LetGo(WindowSlice slice)
    {
        if (_running?.Holds(slice.Number) != true) _slices.Recycle(slice);
        else _running.Leave(slice);
        if (_slices.Count == 0) _running?.Clear();
    }

    /// <summary>As results, and once more as parts, unless the results are parts already.</summary>
    private void Publish(long end, int from, in Signal cause, SignalBatch output)
    {
        output.Add(cause, new ResultRun(_groups, end, _node, output.Results, from));
        if (_node is null && end % _slicing.Size == 0 && end - _slicing.Size >= PartsSince) output.Add(cause, new ResultRun(_groups, end, _partNode, output.Results, from));
    }

    private void FireSingle(long end, bool isPublished, WindowResults results)
    {
        _slices.Within(end - 1, end, _window);
        _slices.Sort(_window[0]);
        if (!isPublished) return;
        var place = 0;
        foreach (var id in _window[0].Grouped.Ids)
        {
            _contents.WriteSingle(results, id, _window, place++, end);
            _places[id] = results.Count;
        }
    }

    private void FireRunning(long end, bool isPublished, WindowResults results)
    {
        _running!.Begin(end, _groups.Ids);
        for (var id = 0; id < _groups.Ids; id++)
        {
            if (id % Together == 0) _running.Move(id, Math.Min(id + Together, _groups.Ids));
            ref readonly var state = ref _running[id];
            if (state.Count == 0 || !isPublished) continue;
            if (state.Count > SortedValues.Most) _writer.Write(results, id, 1, _running.Large(id));
            else _writer.Write(results, id, 1, _running.Sorted(id), state.First, state.Last);
            _places[id] = results.Count;
        }
        if (_running.HasStatistics) MoveStatistics(results);
        _running.End();
    }

    private void MoveStatistics(WindowResults results)
    {
        for (var id = 0; id < _groups.Ids; id++)
        {
            _running!.MoveStatistics(id);
            if (_places[id] > 0) _writer.Attach(results, _places[id] - 1, _running.Statistics(id));
        }
    }

    private void TakeLate(WindowSlice slice)
    {
        _logged.Clear();
        foreach (ref readonly var entry in slice.Log) _logged.Add(entry.Group);
        _slices.Sort(slice);
        if (_running?.Holds(slice.Number) != true) return;
        foreach (var id in _logged) _running.Rebuild(id);
    }
}
