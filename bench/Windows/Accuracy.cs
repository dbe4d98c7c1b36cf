using Pipeline.Processing;

namespace Pipeline.Bench.Windows;

/// <summary>Compares every result of a run with the window's samples.</summary>
public static class Accuracy
{
    private const int Samples = 200_000;
    private static readonly double[] Ranks = [0.5, 0.95, 0.99];
    private const double Guarantee = 1.0 / 129;

    /// <exception cref="InvalidOperationException">A window is missing, doubled or wrong.</exception>
    public static void Check(WindowCase of)
    {
        var work = new Workload(of, Samples);
        var expected = Contents(of, work);
        using var engine = new EngineRun(of, true, batch =>
        {
            foreach (ref readonly var signal in batch.Signals)
                if (signal.Payload is ResultRun run)
                    for (var i = 0; i < run.Count; i++) Check(run, i, expected);
        });
        var closed = engine.Push(work);
        if (expected.Keys.Any(k => k.End <= closed)) throw new InvalidOperationException($"{of}: windows are missing.");
    }

    private static Dictionary<(string Series, long End), List<double>> Contents(WindowCase of, Workload work)
    {
        var contents = new Dictionary<(string, long), List<double>>();
        var (size, slide) = (of.Size * 1000L, of.Slide * 1000L);
        for (var i = 0; i < work.Count; i++)
            for (var start = work.Times[i] / slide * slide; start > work.Times[i] - size; start -= slide)
            {
                var key = (EngineRun.NameOf(work.Series[i]), start + size);
                if (!contents.TryGetValue(key, out var values)) contents.Add(key, values = []);
                values.Add(work.Values[i]);
            }
        return contents;
    }

    private static void Check(ResultRun run, int index, Dictionary<(string Series, long End), List<double>> expected)
    {
        var record = run.Record(index);
        if (!expected.Remove((record.Labels["series"]!, record.End), out var values)) throw new InvalidOperationException($"{record} is doubled, or of nothing.");
        values.Sort();
        var isRight = record.Count == values.Count && record.Min == values[0] && record.Max == values[^1] && IsNear(record.Sum, values.Sum(), 1e-12);
        foreach (var (q, value) in Ranks.Zip(record.Quantiles.Values))
            isRight &= IsNear(value, values[(int)(q * (values.Count - 1))], values.Count <= QuantileSketch.ExactLimit ? 0 : Guarantee);
        if (!isRight) throw new InvalidOperationException($"{record} is not of its {values.Count} samples.");
    }

    private static bool IsNear(double value, double exact, double error) => Math.Abs(value - exact) <= error * Math.Abs(exact);
}
