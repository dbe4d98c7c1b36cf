using System.Text.Json;
using Pipeline.Bench.Windows;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Bench.Codec;

/// <summary>From the bytes of a record to the sample, and from the result of a window to the bytes of a record; against System.Text.Json.</summary>
public static class CodecBench
{
    private const int Runs = 5;

    public static IEnumerable<BenchRow> Decode() => Decode("A", 1_000).Concat(Decode("B", 100_000));

    public static IEnumerable<BenchRow> Encode() => new WindowCase[] { new("B", 60, 10), new("A", 60, 10) }.Select(Encode);

    private static IEnumerable<BenchRow> Decode(string density, int series)
    {
        var slices = RecordSlices.Of(series, 400_000);
        var decode = new DecodeObservations("bench", new RulesByInput(new ProcessingOptions(), null), 200_000, null, new LedgerAccount("bench"));
        for (var i = 0; i < 3; i++) Ours();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var ours = CpuClock.Median(Runs, Ours);
        var allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Runs / RecordSlices.Count(slices);
        for (var i = 0; i < 3; i++) Peer();
        yield return new BenchRow("decode", density, "", Math.Round(ours), Math.Round(CpuClock.Median(Runs, Peer)), "JsonSerializer, generated", "records/s");
        yield return new BenchRow("decode allocated", density, "", Math.Round(allocated, 2), null, null, "bytes/record");

        double Ours() => RecordSlices.Count(slices) / CpuClock.SecondsOf(() => { foreach (var slice in slices) decode.Push(slice); });
        double Peer() => RecordSlices.Count(slices) / CpuClock.SecondsOf(() =>
        {
            foreach (var slice in slices)
                for (var i = 0; i < slice.Count; i++)
                    if (JsonSerializer.Deserialize(slice[i].Value, PlainFormat.Default.PlainObservation)!.Time == 0) throw new InvalidOperationException();
        });
    }

    private static BenchRow Encode(WindowCase of)
    {
        var encode = new EncodeOutputs(new Topics(), 4, null, null);
        var (examples, records) = (new List<WindowResult>(), new RecordBatch());
        var (seconds, results) = (new List<double>(), 0);
        using var engine = new EngineRun(of, true, batch =>
        {
            foreach (ref readonly var signal in batch.Signals)
            {
                if (signal.Payload is not ResultRun run || run.Count < of.Series / 2) continue;
                results = run.Count;
                if (seconds.Count > 3 && examples.Count == 0) examples.AddRange(Enumerable.Range(0, Math.Min(run.Count, 20_000)).Select(run.Record));
                seconds.Add(CpuClock.SecondsOf(() => Write(encode.Push(batch), records)) / run.Count);
            }
        });
        engine.Push(new Workload(of, of.Rate * (of.Size + 100)));
        double Peer() => CpuClock.SecondsOf(() => { foreach (var record in examples) JsonSerializer.SerializeToUtf8Bytes(record, WireFormat.Records.WindowResult); }) / examples.Count;
        for (var i = 0; i < 3; i++) Peer();
        var ours = seconds.TakeLast(5).Order().ElementAt(2);
        return new BenchRow("encode", of.Density, of.Window, Math.Round(1 / ours), Math.Round(1 / CpuClock.Median(Runs, Peer)), "JsonSerializer, generated", "results/s");
    }

    /// <summary>As the product does: into batches of a few megabytes, which are used again.</summary>
    private static void Write(OutputBatch outputs, RecordBatch records)
    {
        foreach (var (_, run) in outputs.Runs)
        {
            for (var i = 0; i < run.Count; i++)
            {
                if (records.Bytes > 4 << 20) records.Clear();
                run.Write(i, records);
            }
        }
    }
}
