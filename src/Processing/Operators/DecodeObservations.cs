using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Records to samples and ticks. A record that lies before 1970, or claims a time further ahead of the log's than <c>maxFuture</c>
/// milliseconds, is not believed.
/// </summary>
public sealed class DecodeObservations(string stage, long maxFuture, int maxSeries, LedgerAccount account) : RecordDecoder(stage, account)
{
    private readonly ObservationReader _reader = new(maxSeries);
    private readonly SignalBatch _record = new();

    protected override (DropReason Reason, string Problem)? Read(in LogRecord record, SignalBatch output)
    {
        _record.Begin(0);
        if (_reader.Read(record, _record) is { } problem) return (DropReason.Malformed, problem);
        foreach (ref readonly var signal in _record.Signals)
            if (Doubt(signal) is { } doubt) return (DropReason.Rejected, doubt);
        foreach (ref readonly var signal in _record.Signals) output.Add(signal);
        return null;
    }

    private string? Doubt(in Signal signal) =>
        signal.Time < 0 ? "Its time is before 1970."
        : Ahead(signal) > maxFuture ? $"Its time is {Ahead(signal) / 1000.0} s ahead of the log's. Check the clock of its source."
        : null;

    private static long Ahead(in Signal signal) => signal.Time - signal.LogTime;
}
