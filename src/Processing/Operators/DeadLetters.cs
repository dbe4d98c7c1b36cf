using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>Makes dead letters of records.</summary>
internal static class DeadLetters
{
    public static Signal Of(DropReason reason, string error, string stage, TopicPartition from, in LogRecord record) =>
        new(SignalKind.DeadLetter, record.Offset, record.Time, record.Time, 0, new DeadLetter(
            reason, error, stage, from.Topic, from.Partition, record.Offset, record.Time, record.Key.ToArray(), record.Value.ToArray()));
}
