using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>What is to be seen of a log: its committed records. Filled by the process that writes, or by following its journal.</summary>
internal sealed class LogState(string folder)
{
    private readonly Lock _visible = new();
    private readonly Dictionary<TopicPartition, Partition> _byName = [];

    public string Folder => folder;
    public ImmutableArray<Partition> Partitions { get; private set; } = [];

    public static string FolderOf(string folder, TopicPartition name) =>
        Path.Combine(folder, name.Topic, name.Partition.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Shows a state of the disk in the place of what was shown.</summary>
    public void Load(Snapshot snapshot)
    {
        var partitions = snapshot.Names.Select(FindOrAdd).ToImmutableArray();
        foreach (var (partition, mark) in partitions.Zip(snapshot.Marks)) partition.Load(mark);
        lock (_visible) Partitions = partitions;
    }

    /// <summary>Shows a commit, all of it at once.</summary>
    public void Apply(IReadOnlyList<PartitionMark> marks)
    {
        lock (_visible)
            for (var i = 0; i < marks.Count; i++) Partitions[marks[i].Index].Advance(marks[i]);
    }

    public Partition? Find(TopicPartition name)
    {
        lock (_visible) return _byName.GetValueOrDefault(name);
    }

    public IReadOnlyList<TopicState> Describe()
    {
        lock (_visible)
            return [.. Partitions.GroupBy(p => p.Name.Topic).Select(t => new TopicState(t.Key, [.. t.OrderBy(p => p.Name.Partition).Select(p => p.State)]))];
    }

    public async IAsyncEnumerable<LogSlice> ReadAsync(TopicPartition name, long from, [EnumeratorCancellation] CancellationToken stop)
    {
        var partition = Find(name) ?? throw new UnknownTopicException(name);
        using var cursor = new Cursor(partition, from);
        var slice = new LogSlice();
        while (!stop.IsCancellationRequested)
        {
            if (cursor.Fill(slice)) yield return slice;
            else await partition.ChangedSince(cursor.Version).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Partition FindOrAdd(TopicPartition name)
    {
        lock (_visible)
        {
            if (!_byName.TryGetValue(name, out var partition))
                _byName.Add(name, partition = new Partition(name, FolderOf(folder, name), _visible));
            return partition;
        }
    }
}
