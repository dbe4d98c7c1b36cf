namespace Pipeline.Processing;

/// <summary>
/// Samples, and the signals that stand between them, in the order of their causes. What moves through Rx: one call an operator and batch,
/// not one a sample. Owned by the operator that filled it and valid until that operator's next batch.
/// </summary>
public sealed class SignalBatch
{
    private Sample[] _samples = new Sample[256];
    private Signal[] _signals = new Signal[16];
    private int[] _before = new int[16];
    private int _sampleCount, _signalCount;

    /// <summary>What the samples' numbers mean.</summary>
    public SeriesTable Series { get; init; } = new();

    /// <summary>What decides about the inputs; null where no settings do.</summary>
    public RulesByInput? Rules { get; init; }

    /// <summary>Remembers what has been seen of the sources that number their observations; null where none can.</summary>
    public Duplicates? Duplicates { get; init; }

    /// <summary>How many samples and signals there are.</summary>
    public int Count => _sampleCount + _signalCount;

    /// <summary>The input after the last one that this batch speaks of.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Where a restart would have to begin; set by the operator that keeps windows.</summary>
    public RewindPoint? Rewind { get; set; }

    public ReadOnlySpan<Sample> Samples => _samples.AsSpan(0, _sampleCount);
    public ReadOnlySpan<Signal> Signals => InPlace;

    /// <summary>For the next operator, which may put other signals in their places.</summary>
    internal Span<Signal> InPlace => _signals.AsSpan(0, _signalCount);

    /// <summary>What the runs of results in this batch refer to.</summary>
    internal WindowResults Results { get; } = new();

    /// <summary>How many samples stand before a signal.</summary>
    public int SamplesBefore(int signal) => _before[signal];

    public void Begin(long nextOffset)
    {
        Array.Clear(_signals, 0, _signalCount); // lets go of the payloads
        (_sampleCount, _signalCount, NextOffset, Rewind) = (0, 0, nextOffset, null);
        Results.Clear();
    }

    public void Add(in Sample sample)
    {
        Arrays.Grow(ref _samples, _sampleCount + 1);
        _samples[_sampleCount++] = sample;
    }

    public void Add(in Signal signal)
    {
        Arrays.Grow(ref _signals, _signalCount + 1);
        Arrays.Grow(ref _before, _signalCount + 1);
        _before[_signalCount] = _sampleCount;
        _signals[_signalCount++] = signal;
    }

    internal void Add(in Signal cause, ResultRun run)
    {
        if (run.Count > 0) Add(new Signal(SignalKind.Results, cause.Cause, cause.LogTime, run.End, run));
    }

    /// <summary>Puts the signals from a place on, between which there are no samples, in the order of their causes; those of one cause stay as they are.</summary>
    internal void OrderFrom(int signal)
    {
        var ordered = Signals[signal..].ToArray().OrderBy(s => s.Cause).ToArray();
        ordered.CopyTo(_signals.AsSpan(signal));
    }

    /// <summary>Takes back what was added last, until so many are left.</summary>
    internal void TakeBack(int samples, int signals) => (_sampleCount, _signalCount) = (samples, signals);
}
