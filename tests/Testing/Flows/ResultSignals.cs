using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>Takes batches and runs of results apart.</summary>
public static class ResultSignals
{
    /// <summary>A signal for each result, with the record as payload; another signal as it is.</summary>
    public static IEnumerable<Signal> Each(Signal signal) =>
        signal.Payload is ResultRun run ? Enumerable.Range(0, run.Count).Select(i => signal with { Payload = run.Record(i) }) : [signal];

    /// <summary>Samples and signals in their order.</summary>
    public static IReadOnlyList<object> All(this SignalBatch batch)
    {
        var all = new List<object>();
        var from = 0;
        for (var i = 0; i < batch.Signals.Length; i++)
        {
            foreach (var sample in batch.Samples[from..(from = batch.SamplesBefore(i))]) all.Add(sample);
            all.Add(batch.Signals[i]);
        }
        foreach (var sample in batch.Samples[from..]) all.Add(sample);
        return all;
    }
}
