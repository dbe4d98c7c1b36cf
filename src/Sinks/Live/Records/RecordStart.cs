using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>Where reading begins: at an offset, or at the first record that the log took at a time or later.</summary>
public sealed record RecordStart
{
    public static readonly RecordStart Earliest = new() { Offset = 0 };
    public static readonly RecordStart Latest = new() { Offset = long.MaxValue };

    public long? Offset { get; private init; }

    /// <summary>Unix milliseconds.</summary>
    public long? Time { get; private init; }

    /// <summary><c>earliest</c>, <c>latest</c>, an offset, or RFC 3339; null where it is none of them.</summary>
    public static RecordStart? Parse(string text) =>
        text == "earliest" ? Earliest :
        text == "latest" ? Latest :
        Parameters.IsNumber(text, out var offset) ? (offset < 0 ? null : new RecordStart { Offset = offset }) :
        Parameters.IsTime(text, out var time) ? new RecordStart { Time = time } :
        null;

    internal async ValueTask<long> InAsync(ILogReader log, TopicPartition partition, PartitionState state, CancellationToken stop) =>
        Time is { } time ? await log.OffsetAtAsync(partition, state, time, stop) : Math.Min(Offset!.Value, state.End);
}
