namespace Pipeline.Processing;

/// <summary>
/// Signals in the order of their causes. What moves through Rx: one call an operator and batch, not one a signal. Owned by the operator
/// that filled it and valid until that operator's next batch.
/// </summary>
public sealed class SignalBatch
{
    private Signal[] _signals = new Signal[256];

    public int Count { get; private set; }

    /// <summary>The input after the last one that this batch speaks of.</summary>
    public long NextOffset { get; private set; }

    /// <summary>Where a restart would have to begin; set by the operator that keeps windows.</summary>
    public RewindPoint? Rewind { get; set; }

    /// <summary>What the runs of results in this batch refer to.</summary>
    internal WindowResults Results { get; } = new();

    public ReadOnlySpan<Signal> Signals => InPlace;

    /// <summary>For the next operator, which may put others in their places.</summary>
    internal Span<Signal> InPlace => _signals.AsSpan(0, Count);

    public void Begin(long nextOffset)
    {
        Array.Clear(_signals, 0, Count); // lets go of the payloads
        Count = 0;
        NextOffset = nextOffset;
        Rewind = null;
        Results.Clear();
    }

    public void Add(in Signal signal)
    {
        if (Count == _signals.Length) Array.Resize(ref _signals, Count * 2);
        _signals[Count++] = signal;
    }

    internal void Add(in Signal cause, ResultRun run)
    {
        if (run.Count > 0) Add(new Signal(SignalKind.Results, cause.Cause, cause.LogTime, run.End, 0, run));
    }
}
