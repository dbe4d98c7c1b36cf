using Pipeline.Contracts;

namespace Pipeline.Ingest;

/// <summary>What goes into the log next, and the books of the sources it came from.</summary>
internal sealed class IngestBatch(IngestTarget target, IReadOnlyDictionary<SourceFeed, LedgerAccount> accounts) : IDisposable
{
    private const int MaxRecords = 5000;

    private readonly RecordBatch _records = new();
    private readonly ObservationWriter _writer = new();
    private readonly Dictionary<SourceFeed, int> _taken = [];

    public int Count => _records.Count;
    public bool IsFull => Count >= MaxRecords;

    public void Add(SourceFeed feed, Emission emission)
    {
        var account = accounts[feed];
        account.In(emission.Observations.Count);
        foreach (var observation in emission.Observations)
        {
            if (!IsSound(observation)) { account.OnDropped(DropReason.Rejected, 1); continue; }
            _writer.Append(_records, target.Topic, target.Partitions, observation);
            _taken[feed] = _taken.GetValueOrDefault(feed) + 1;
        }
        feed.Promise = emission.Promise;
    }

    public void AddTick(long promise) => _records.AddTick(target.Topic, target.Partitions, new Tick(target.Node, promise));

    public async Task AppendAsync(ILogWriter writer, CancellationToken abort)
    {
        await writer.AppendAsync(_records, abort);
        Settle();
    }

    /// <summary>Counts the batch as given out, and begins the next.</summary>
    public void Settle()
    {
        _records.Clear();
        foreach (var (feed, account) in accounts)
        {
            var overflowed = feed.TakeOverflowed();
            account.In(overflowed);
            account.OnDropped(DropReason.Overflow, overflowed);
            account.Out(_taken.GetValueOrDefault(feed));
            account.Settle();
        }
        _taken.Clear();
    }

    public void Dispose() => _writer.Dispose();

    /// <summary>What JSON cannot write, or readers would take for something else.</summary>
    private static bool IsSound(Observation observation) =>
        observation.Kind != Tick.KindOfTick && observation.Values.Count > 0 && observation.Values.All(v => double.IsFinite(v.Value));
}
