using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Records to samples and ticks. What cannot be read, lies before 1970, or claims a time further ahead of the log's than
/// <c>maxFuture</c> becomes a dead letter, whole. Posts records to the account.
/// </summary>
public sealed class DecodeObservations(string stage, long maxFuture, int maxSeries, LedgerAccount account) : IOperator<LogSlice, SignalBatch>
{
    private readonly ObservationReader _reader = new(maxSeries);
    private readonly SignalBatch _record = new();
    private readonly SignalBatch _output = new();

    public SignalBatch Push(LogSlice input)
    {
        _output.Begin(input.NextOffset);
        account.In(input.Count);
        for (var i = 0; i < input.Count; i++) Push(input.Partition, input[i]);
        account.Settle();
        return _output;
    }

    private void Push(TopicPartition from, in LogRecord record)
    {
        _record.Begin(0);
        if (_reader.Read(record, _record) is { } problem) { Refuse(DropReason.Malformed, problem, from, record); return; }
        foreach (ref readonly var signal in _record.Signals)
        {
            if (Doubt(signal) is { } doubt) { Refuse(DropReason.Rejected, doubt, from, record); return; }
        }
        foreach (ref readonly var signal in _record.Signals) _output.Add(signal);
        account.Out(1);
    }

    private string? Doubt(in Signal signal) =>
        signal.Time < 0 ? "Its time is before 1970."
        : signal.Time - signal.LogTime > maxFuture ? $"Its time is {(signal.Time - signal.LogTime) / 1000.0} s ahead of the log's. Check the clock of its source."
        : null;

    private void Refuse(DropReason reason, string error, TopicPartition from, in LogRecord record)
    {
        account.OnDropped(reason, 1);
        _output.Add(DeadLetters.Of(reason, error, stage, from, record));
    }
}
