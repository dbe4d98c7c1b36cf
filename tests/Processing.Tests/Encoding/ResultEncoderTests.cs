using System.Text;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class ResultEncoderTests
{
    private static readonly StatisticsOptions Further =
        new() { StandardDeviation = true, Increase = true, Above = [1e300, -3, 0.1], Distinct = "host", Ewma = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData(null)]
    [InlineData("windows-3")]
    [InlineData(null, true)]
    [InlineData("windows-3", true)]
    public void Result_reads_as_the_record_that_it_is(string? node, bool withFurther = false)
    {
        var random = new Random(3);
        var definition = new WindowDefinition(WindowTests.Window(10, slide: 5) with { Name = "a\"b", Metric = "*", Quantiles = [0.5, 0.999], Statistics = withFurther ? Further : new() });
        var compute = new ComputeWindows([new WindowPlan(definition, node is not null)], node ?? "", null, new Ledger());
        var encoder = new ResultEncoder(partitions: 7);
        var batch = new SignalBatch();
        foreach (var text in new[] { "eu", "x,y=\\z", "r\u00e9gion\ud83d\ude00", "\"\n\u0001</script>" })
            batch.Series.Add(new SeriesMetric("load.\u00fc", LabelSet.Of(("host", text), (text, "1"))));
        batch.Series.Add(new SeriesMetric("load.none", LabelSet.Empty));
        for (var i = 0; i < 3000; i++) batch.Add(new Sample(i, random.Next(20_000), Math.Exp(random.NextDouble() * 40 - 20), random.Next(4)));
        batch.Add(new Sample(3000, 4000, -7, 4));
        batch.Add(new Signal(SignalKind.Watermark, 3001, 0, 30_000, new WatermarkRecord(30_000, [])));
        var written = 0;
        foreach (var signal in compute.Push(batch).Signals)
        {
            if (signal.Payload is not ResultRun run) continue;
            for (var i = 0; i < run.Count; i++, written++)
            {
                var record = run.Record(i);
                var encoded = encoder.Encode(run, i);
                var read = JsonSerializer.Deserialize(encoded.Value, WireFormat.Records.WindowResult)!;
                Assert.Equal(JsonSerializer.Serialize(record, WireFormat.Records.WindowResult), JsonSerializer.Serialize(read, WireFormat.Records.WindowResult));
                Assert.Equal(record.Labels.ToString(), Encoding.UTF8.GetString(encoded.Key));
                Assert.Equal(Partitioner.Of(encoded.Key, 7), encoded.Partition);
                Assert.Equal(node, read.Node);
                Assert.Equal(withFurther ? 5 : null, read.States?.Count);
                Assert.StartsWith("{\"window\":", Encoding.UTF8.GetString(encoded.Value), StringComparison.Ordinal);
            }
        }
        Assert.True(written > 15);
    }

    [Fact]
    public void Groups_that_come_again_are_written_alike_even_without_quantiles()
    {
        var definition = new WindowDefinition(WindowTests.Window(10) with { Quantiles = [] });
        var compute = new ComputeWindows([new WindowPlan(definition, false)], "", null, new Ledger());
        var encode = new EncodeOutputs(new Topics(), partitions: 1, ticks: null, progress: null);
        var batch = new SignalBatch();
        for (var series = 0; series < 20; series++) batch.Series.Add(new SeriesMetric("load.value", LabelSet.Of(("host", $"{series}"))));
        for (var i = 0; i < 40; i++) batch.Add(new Sample(i, i / 20 * 10_000, 7, i % 20));
        batch.Add(new Signal(SignalKind.Watermark, 40, 0, 20_000, new WatermarkRecord(20_000, [])));
        var written = new RecordBatch();

        foreach (var (_, outputs) in encode.Push(compute.Push(batch)).Runs)
            for (var i = 0; i < outputs.Count; i++) outputs.Write(i, written);

        var read = Enumerable.Range(0, written.Count).Select(i => JsonSerializer.Deserialize(written[i].Value, WireFormat.Records.WindowResult)!).ToList();
        Assert.Equal(40, read.Count);
        Assert.All(read, r => Assert.Equal((1, 7, 0), (r.Count, r.Sum, r.Quantiles.Count)));
        Assert.Equal(read[..20].Select(r => r.Labels), read[20..].Select(r => r.Labels));
    }
}
