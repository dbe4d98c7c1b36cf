using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>A million damaged inputs for each decoder of what stands in a log: each is read or told of, and counted.</summary>
public sealed class DecoderFuzzTests
{
    private static readonly int Inputs = Tries.Of(1000) * PerSlice;
    private const int PerSlice = 1000;

    [Fact]
    public void Damaged_observations_are_each_read_or_told_of()
    {
        var random = new Random(1);
        byte[][] examples = [.. Enumerable.Range(0, 50).Select(_ => Encoding.UTF8.GetBytes(new RandomObservations(random).Next())),
            JsonSerializer.SerializeToUtf8Bytes(new Tick("node", 12_000, new Dictionary<string, long> { ["w"] = 10_000 }), WireFormat.Records.Tick)];
        var account = new LedgerAccount("decode");
        Decode(new Mutator(1, examples), "observations", new DecodeObservations("windows", new RulesByInput(new ProcessingOptions(), null), maxSeries: 1000, null, account), account);
    }

    [Fact]
    public void Damaged_partial_results_are_each_read_or_told_of()
    {
        var windows = new WindowDriver(null, spansPartitions: true, WindowTests.Window(10, slide: 5),
            WindowTests.Window(10) with { Statistics = new() { StandardDeviation = true, Increase = true, Above = [3], Distinct = "host", Ewma = TimeSpan.FromSeconds(3) } });
        for (var i = 0; i < 200; i++) windows.Sample(i * 97, i, $"host=h{i % 3}");
        windows.Advance(30_000);
        byte[][] examples = [.. windows.Results.Select(r => JsonSerializer.SerializeToUtf8Bytes(r, WireFormat.Records.WindowResult)),
            JsonSerializer.SerializeToUtf8Bytes(new Tick("windows-0", 12_000), WireFormat.Records.Tick)];
        var account = new LedgerAccount("decode");
        Decode(new Mutator(2, examples), "partials", new DecodePartials("merge", account), account);
    }

    [Fact]
    public void Damaged_sketches_are_each_read_or_refused()
    {
        byte[][] examples = [.. new[] { 1, 7, 48, 49, 3000 }.Select(count =>
        {
            var sketch = new QuantileSketch(5);
            for (var i = 0; i < count; i++) sketch.Add(i % 5 == 0 ? -i : i * 1e-3);
            return SketchEncoding.Encode(sketch);
        })];
        var mutator = new Mutator(3, examples);
        var (read, refused) = (0, 0);
        for (var i = 0; i < Inputs; i++)
        {
            try
            {
                var sketch = SketchEncoding.Decode(mutator.Next());
                if (sketch.Count > 0 && !double.IsFinite(sketch.Quantile(0.5))) Assert.Fail($"Input {i} has a quantile that is no number.");
                read++;
            }
            catch (FormatException)
            {
                refused++;
            }
        }
        Assert.True(read > Inputs / 100 && refused > Inputs / 100, $"{read} read, {refused} refused: this proves little.");
    }

    private static void Decode(Mutator mutator, string topic, RecordDecoder decode, LedgerAccount account)
    {
        var (slices, letters, read) = (new SliceBuilder(topic), 0L, 0L);
        for (var i = 0; i < Inputs; i += PerSlice)
        {
            for (var j = 0; j < PerSlice; j++) slices.Add("k", mutator.Next().ToArray(), i + j);
            var output = decode.Push(slices.Build());
            foreach (ref readonly var signal in output.Signals) letters += signal.Kind == SignalKind.DeadLetter ? 1 : 0;
            read += output.Count;
        }
        var entry = account.Read();
        Assert.Equal((Inputs, 0L, letters), (entry.In, entry.Difference, entry.Malformed + entry.Rejected));
        Assert.True(read - letters > Inputs / 100 && letters > Inputs / 100, $"{read - letters} read, {letters} refused: this proves little.");
    }
}
