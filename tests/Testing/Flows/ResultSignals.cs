using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>Takes runs of results apart.</summary>
public static class ResultSignals
{
    /// <summary>A signal for each result, with the record as payload; another signal as it is.</summary>
    public static IEnumerable<Signal> Each(Signal signal) =>
        signal.Payload is ResultRun run ? Enumerable.Range(0, run.Count).Select(i => signal with { Payload = run.Record(i) }) : [signal];
}
