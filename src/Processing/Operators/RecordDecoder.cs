using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Records to signals. What cannot be used becomes a dead letter, whole. Posts records to the account.</summary>
public abstract class RecordDecoder(string stage, SeriesTable series, LedgerAccount account) : IOperator<LogSlice, SignalBatch>
{
    private readonly SignalBatch _output = new() { Series = series };

    public SignalBatch Push(LogSlice input)
    {
        _output.Begin(input.NextOffset);
        BeginBatch();
        account.In(input.Count);
        for (var i = 0; i < input.Count; i++) Push(input.Partition, input[i]);
        account.Settle();
        return _output;
    }

    /// <summary>Called before the records of a batch.</summary>
    protected virtual void BeginBatch() { }

    /// <summary>Adds what the record says to the batch; or adds nothing and returns why not.</summary>
    protected abstract (DropReason Reason, string Problem)? Read(in LogRecord record, SignalBatch output);

    private void Push(TopicPartition from, in LogRecord record)
    {
        if (Read(record, _output) is not var (reason, problem))
        {
            account.Out(1);
            return;
        }
        account.OnDropped(reason, 1);
        _output.Add(new Signal(SignalKind.DeadLetter, record.Offset, record.Time, record.Time, new DeadLetter(
            reason, problem, stage, from.Topic, from.Partition, record.Offset, record.Time, record.Key.ToArray(), record.Value.ToArray())));
    }
}
