using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Records to signals. What cannot be used becomes a dead letter, whole; what came before is only counted. Posts records to the account.</summary>
/// <param name="output">To be filled, batch after batch.</param>
public abstract class RecordDecoder(string stage, SignalBatch output, LedgerAccount account) : IOperator<LogSlice, SignalBatch>
{
    public SignalBatch Push(LogSlice input)
    {
        output.Begin(input.NextOffset);
        BeginBatch();
        account.In(input.Count);
        for (var i = 0; i < input.Count; i++) Push(input.Partition, input[i]);
        account.Settle();
        return output;
    }

    /// <summary>Called before the records of a batch.</summary>
    protected virtual void BeginBatch() { }

    /// <summary>Adds what the record says to the batch; or adds nothing and returns why not, and what is wrong with it, if anything is.</summary>
    protected abstract (DropReason Reason, string? Problem)? Read(in LogRecord record, SignalBatch output);

    private void Push(TopicPartition from, in LogRecord record)
    {
        if (Read(record, output) is not var (reason, problem))
        {
            account.Out(1);
            return;
        }
        account.OnDropped(reason, 1);
        if (problem is null) return;
        output.Add(new Signal(SignalKind.DeadLetter, record.Offset, record.Time, record.Time, new DeadLetter(
            reason, problem, stage, from.Topic, from.Partition, record.Offset, record.Time, record.Key.ToArray(), record.Value.ToArray())));
    }
}
