using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Records to samples and ticks, each observation that its source numbered once. A record that lies before 1970, or claims a time further
/// ahead of the log's than <see cref="InputRules.MaxFuture"/>, is not believed.
/// </summary>
public sealed class DecodeObservations : RecordDecoder
{
    private readonly ObservationReader _reader;
    private readonly RulesByInput _rules;
    private readonly Duplicates _duplicates;

    /// <param name="progress">What is gone on from; null at the very beginning.</param>
    public DecodeObservations(string stage, RulesByInput rules, int maxSeries, Progress? progress, LedgerAccount account)
        : this(stage, rules, new ObservationReader(maxSeries), new Duplicates(rules, progress), account) { }

    private DecodeObservations(string stage, RulesByInput rules, ObservationReader reader, Duplicates duplicates, LedgerAccount account)
        : base(stage, new SignalBatch { Series = reader.Series, Rules = rules, Duplicates = duplicates }, account) =>
        (_rules, _reader, _duplicates) = (rules, reader, duplicates);

    protected override void BeginBatch() => _reader.BeginBatch();

    protected override (DropReason Reason, string? Problem)? Read(in LogRecord record, SignalBatch output)
    {
        var (samples, signals) = (output.Samples.Length, output.Signals.Length);
        if (_reader.Read(record, output) is { } problem) return (DropReason.Malformed, problem);
        if (_reader.Time >= 0 && _reader.Time - record.Time <= _rules.At(record.Offset).MaxFuture)
        {
            if (_reader.Sequence < 0 || _duplicates.IsNew(record.Offset, _reader.Source, _reader.Sequence)) return null;
            output.TakeBack(samples, signals);
            return (DropReason.Duplicate, null);
        }
        if (output.Count == samples + signals) return null; // it says nothing
        output.TakeBack(samples, signals);
        return (DropReason.Rejected, _reader.Time < 0
            ? "Its time is before 1970."
            : $"Its time is {(_reader.Time - record.Time) / 1000.0} s ahead of the log's. Check the clock of its source.");
    }
}
