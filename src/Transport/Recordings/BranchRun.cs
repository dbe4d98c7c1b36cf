using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport.Recordings;

/// <summary>The flows of a branch, on all partitions.</summary>
internal sealed class BranchRun : IDisposable
{
    private readonly FlowRun[] _first, _second;
    private readonly FedPartition[] _between;
    private readonly IReplayListener _listener;
    private readonly string? _handedOn;
    private readonly RecordBatch _record = new();
    private readonly long[] _reached;

    /// <param name="beginnings">By partition, what the first flow goes on from.</param>
    public BranchRun(ReplayBranch branch, IReadOnlyList<Progress?> beginnings)
    {
        var second = branch.Flows.ElementAtOrDefault(1);
        (_listener, _handedOn) = (branch.Listener, second?.Input);
        _first = [.. beginnings.Select((b, p) => new FlowRun(branch.Flows[0], new FlowStart(p, b)))];
        _second = second is null ? [] : [.. beginnings.Select((_, p) => new FlowRun(second, new FlowStart(p, null)))];
        _reached = [.. beginnings.Select(_ => long.MinValue)];
        _between = [.. _second.Select((_, p) => new FedPartition(new TopicPartition(_handedOn!, p)))];
    }

    /// <summary>The least watermark of the first flow on a partition, Unix milliseconds.</summary>
    public long Reached => _reached.Min();

    public void Push(int partition, LogSlice slice)
    {
        var outputs = _first[partition].Push(slice);
        _reached[partition] = outputs.Rewind.Reached ?? long.MinValue;
        Publish(outputs);
    }

    /// <summary>Hands what the first flow has published for the second on to it.</summary>
    /// <param name="time">When a log would have taken it, Unix milliseconds.</param>
    public void PushBetween(long time)
    {
        for (var p = 0; p < _second.Length; p++)
        {
            if (!_between[p].HasRecords) continue;
            Publish(_second[p].Push(_between[p].Take(time)));
            _between[p].Clear();
        }
    }

    public void Dispose()
    {
        foreach (var run in _first.Concat(_second)) run.Dispose();
    }

    private void Publish(OutputBatch outputs)
    {
        foreach (var (_, run) in outputs.Runs)
        {
            for (var i = 0; i < run.Count; i++)
            {
                run.Write(i, _record);
                Publish(_record[0]);
                _record.Clear();
            }
        }
    }

    private void Publish(in PendingRecord record)
    {
        if (record.To.Topic == _handedOn) _between[record.To.Partition].Add(record);
        else _listener.OnPublished(record);
    }
}
