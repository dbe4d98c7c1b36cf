namespace Pipeline.Processing;

/// <summary>Results that one input causes, put out by the ends of their windows and then by the names of their groups.</summary>
internal sealed class DueResults(WindowGroups groups)
{
    private readonly List<(long End, int Group, int Row)> _due = [];
    private int[] _ranks = [];

    /// <summary>Adds the result that was written last.</summary>
    public void Add(long end, int group, WindowResults results) => _due.Add((end, group, results.Count - 1));

    public void Publish(in Signal cause, SignalBatch output)
    {
        if (_due.Count == 0) return;
        Order();
        for (var i = 0; i < _due.Count;)
        {
            var (from, end) = (output.Results.Ordered, _due[i].End);
            for (; i < _due.Count && _due[i].End == end; i++) output.Results.Take(_due[i].Row);
            output.Add(cause, new ResultRun(groups, end, node: null, output.Results, from));
        }
        _due.Clear();
    }

    private void Order()
    {
        if (_due.Count == 1) return;
        var names = groups.InOrder();
        Arrays.Renew(ref _ranks, groups.Ids);
        for (var i = 0; i < names.Length; i++) _ranks[names[i]] = i;
        _due.Sort((a, b) => a.End != b.End ? a.End.CompareTo(b.End) : _ranks[a.Group].CompareTo(_ranks[b.Group]));
    }
}
