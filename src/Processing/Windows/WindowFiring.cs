namespace Pipeline.Processing;

/// <summary>Works out the windows of a definition when they are due, and puts their results out in the order of the groups' names.</summary>
internal sealed class WindowFiring
{
    private readonly Slicing _slicing;
    private readonly WindowGroups _groups;
    private readonly WindowSlices _slices;
    private readonly string? _node;
    private readonly ResultWriter _writer;
    private readonly WindowContents _contents;
    private readonly RunningWindows? _running;
    private readonly bool _hasStatistics;
    private readonly List<WindowSlice> _window = [];
    private readonly HashSet<int> _logged = [];
    private int[] _places = [];

    public WindowFiring(WindowGroups groups, WindowSlices slices, string? node)
    {
        (_slicing, _groups, _slices, _node) = (groups.Definition.Slicing, groups, slices, node);
        var definition = groups.Definition;
        _writer = new ResultWriter(definition, isPartial: node is not null);
        _contents = new WindowContents(definition, _writer);
        _hasStatistics = definition.Statistics is not null;
        _running = _slicing.Slices == 1 ? null : new RunningWindows(definition, slices, _contents);
    }

    /// <param name="isPublished">Without it the windows are only moved on.</param>
    public void Fire(long end, bool isPublished, in Signal cause, SignalBatch output)
    {
        if (_places.Length < _groups.Ids) _places = new int[_groups.Ids * 9 / 8];
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
        output.Add(cause, new ResultRun(_groups, end, _node, output.Results, from));
    }

    /// <summary>Publishes one window of one group again.</summary>
    public void Correct(WindowGroup group, long end, int revision, in Signal cause, SignalBatch output)
    {
        _slices.Within(_slicing.SliceOf(end - _slicing.Size), _slicing.SliceOf(end), _window);
        _contents.Write(output.Results, group.Id, revision, _window, _slicing.SliceOf(end));
        output.Results.Take(output.Results.Count - 1);
        output.Add(cause, new ResultRun(_groups, end, _node, output.Results, output.Results.Ordered - 1));
    }

    /// <summary>Takes the late samples of published slices into the windows.</summary>
    public void TakeLate(long unpublishedFrom)
    {
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

    private void FireSingle(long end, bool isPublished, WindowResults results)
    {
        _slices.Within(end - 1, end, _window);
        if (_window.Count == 0) return;
        _slices.Sort(_window[0]);
        if (!isPublished) return;
        foreach (var id in _window[0].Grouped.Ids)
        {
            _contents.Write(results, id, 1, _window, end);
            _places[id] = results.Count;
        }
    }

    private void FireRunning(long end, bool isPublished, WindowResults results)
    {
        _running!.Begin(end, _groups.Ids);
        for (var id = 0; id < _groups.Ids; id++)
        {
            _running.Move(id);
            ref readonly var state = ref _running[id];
            if (state.Count == 0 || !isPublished) continue;
            if (state.Count > SortedValues.Most) _writer.Write(results, id, 1, _running.Large(id));
            else _writer.Write(results, id, 1, _running.Sorted(state), state.First, state.Last);
            _places[id] = results.Count;
        }
        if (_hasStatistics) MoveStatistics(results);
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
