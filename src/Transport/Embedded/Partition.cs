using System.Collections.Immutable;
using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>What is to be seen of one partition. Everything here is read and changed under the lock of its log, so that commits show whole.</summary>
internal sealed class Partition(TopicPartition name, string folder, Lock visible)
{
    private ImmutableArray<Segment> _segments = [];
    private TaskCompletionSource? _waiting;
    private long _version;
    private long _end;

    public TopicPartition Name => name;
    public string Folder => folder;
    public ImmutableArray<Segment> Segments { get { lock (visible) return _segments; } }
    public PartitionState State { get { lock (visible) return new(_segments.IsEmpty ? _end : _segments[0].Offset, _end, _segments.Sum(s => s.Length)); } }

    /// <summary>Shows what is on the disk up to a mark.</summary>
    public void Load(PartitionMark mark)
    {
        var segments = Segment.In(folder).Where(s => s.Offset <= mark.Segment).ToImmutableArray();
        if (!segments.IsEmpty && segments[^1].Offset == mark.Segment) segments[^1].Length = mark.Length;
        lock (visible)
        {
            _segments = segments;
            Changed(mark.End);
        }
    }

    /// <summary>Shows a commit. The caller holds the lock.</summary>
    public void Advance(PartitionMark mark)
    {
        if (_segments.IsEmpty || _segments[^1].Offset != mark.Segment)
            _segments = _segments.Add(new Segment(Segment.PathOf(folder, mark.Segment), mark.Segment, 0) { Index = new SparseIndex() });
        var last = _segments[^1];
        last.Index?.Add(_end, last.Length); // where this commit begins, a frame begins
        last.Length = mark.Length;
        Changed(mark.End);
    }

    /// <summary>Takes a segment out of sight.</summary>
    public void Forget(Segment segment)
    {
        lock (visible) _segments = _segments.Remove(segment);
    }

    /// <summary>The segment that holds the offset or, if none does, the first one behind it.</summary>
    public Segment? Find(long offset)
    {
        lock (visible)
        {
            for (var i = 0; i < _segments.Length; i++)
            {
                var end = i + 1 < _segments.Length ? _segments[i + 1].Offset : _end;
                if (offset < end) return _segments[i];
            }
            return null;
        }
    }

    /// <summary>How far a segment can be read, and what follows it.</summary>
    public (long Length, Segment? Following, long Version) Reach(Segment segment)
    {
        lock (visible)
        {
            var now = _segments.FirstOrDefault(s => s.Offset == segment.Offset) ?? segment; // one that is gone can still be read to its end
            return (now.Length, _segments.FirstOrDefault(s => s.Offset > segment.Offset), _version);
        }
    }

    public long Version { get { lock (visible) return _version; } }

    /// <summary>Ends when there is something that was not there at a version.</summary>
    public Task ChangedSince(long version)
    {
        lock (visible)
        {
            if (_version != version) return Task.CompletedTask;
            return (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Changed(long end)
    {
        _end = end;
        _version++;
        _waiting?.SetResult();
        _waiting = null;
    }
}
