using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Records to samples and ticks. A record that lies before 1970, or claims a time further ahead of the log's than <c>maxFuture</c>
/// milliseconds, is not believed.
/// </summary>
public sealed class DecodeObservations : RecordDecoder
{
    private readonly ObservationReader _reader;
    private readonly long _maxFuture;

    public DecodeObservations(string stage, long maxFuture, int maxSeries, LedgerAccount account)
        : this(stage, maxFuture, new ObservationReader(maxSeries), account) { }

    private DecodeObservations(string stage, long maxFuture, ObservationReader reader, LedgerAccount account)
        : base(stage, reader.Series, account) => (_reader, _maxFuture) = (reader, maxFuture);

    protected override void BeginBatch() => _reader.BeginBatch();

    protected override (DropReason Reason, string Problem)? Read(in LogRecord record, SignalBatch output)
    {
        var (samples, signals) = (output.Samples.Length, output.Signals.Length);
        if (_reader.Read(record, output) is { } problem) return (DropReason.Malformed, problem);
        if (_reader.Time >= 0 && _reader.Time - record.Time <= _maxFuture) return null;
        if (output.Count == samples + signals) return null; // it says nothing
        output.TakeBack(samples, signals);
        return (DropReason.Rejected, _reader.Time < 0
            ? "Its time is before 1970."
            : $"Its time is {(_reader.Time - record.Time) / 1000.0} s ahead of the log's. Check the clock of its source.");
    }
}
