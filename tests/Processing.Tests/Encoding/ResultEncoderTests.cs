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

    [Theory]
    [InlineData("labels", 20_000)]
    [InlineData("quantiles")]
    [InlineData("thresholds")]
    [InlineData("states")]
    [InlineData("all", 5000)]
    public void Result_of_any_size_is_written_whole(string large, int text = 1)
    {
        var many = Enumerable.Range(1, 400).Select(i => i / 401.0);
        var window = large switch
        {
            "quantiles" => WindowTests.Window(10) with { Quantiles = [.. many] },
            "thresholds" => WindowTests.Window(10) with { Statistics = new() { Above = [.. many] } },
            "states" => WindowTests.Window(10) with { Statistics = new() { Distinct = "host" } },
            "all" => WindowTests.Window(10) with { Quantiles = [.. many], Statistics = Further },
            _ => WindowTests.Window(10),
        };
        var compute = new ComputeWindows([new WindowPlan(new WindowDefinition(window with { By = ["group"] }), false)], "", null, new Ledger());
        var (encoder, batch) = (new ResultEncoder(partitions: 1), new SignalBatch());
        for (var series = 0; series < 3000; series++) batch.Series.Add(new SeriesMetric("load.value", LabelSet.Of(("host", $"h{series}"), ("group", new string('g', text)))));
        for (var i = 0; i < 3000; i++) batch.Add(new Sample(i, i, Math.Exp(i / 10.0 - 150), i));
        batch.Add(new Signal(SignalKind.Watermark, 3000, 0, 10_000, new WatermarkRecord(10_000, [])));
        var run = compute.Push(batch).Signals.ToArray().Select(s => s.Payload).OfType<ResultRun>().Single();
        var encoded = encoder.Encode(run, 0);
        Assert.Equal(JsonSerializer.Serialize(run.Record(0), WireFormat.Records.WindowResult), JsonSerializer.Serialize(JsonSerializer.Deserialize(encoded.Value, WireFormat.Records.WindowResult)!, WireFormat.Records.WindowResult));
        Assert.True(encoded.Value.Length > 4096, $"Only {encoded.Value.Length} bytes: that fits into the buffer that an encoder begins with.");
    }

    [Fact]
    public void Figures_against_earlier_days_are_written_where_there_are_any()
    {
        Assert.Equal(",\"standardDeviation\":1,\"increase\":2,\"increaseRate\":0.2,\"distinct\":3,\"ewma\":4,\"baseline\":5,\"change\":0.5,\"baselineDays\":6,\"states\":{\"a\":\"AQI=\",\"b\":\"\"}", Written(new(10_000)
        {
            StandardDeviation = 1, Increase = 2, Distinct = 3, Ewma = 4, Baseline = 5, Change = 0.5, BaselineDays = 6, States = [("a", [1, 2]), ("b", [])],
        }));
        Assert.Equal("", Written(new(10_000)));

        static string Written(FurtherFigures figures)
        {
            var bytes = new byte[FurtherFiguresText.MaxLength(figures)];
            var text = new JsonText(bytes);
            FurtherFiguresText.Write(ref text, figures, StatisticSet.Of(Further)!);
            return Encoding.UTF8.GetString(bytes, 0, text.Length);
        }
    }

    [Fact]
    public void Session_says_that_it_is_one_and_texts_are_as_readable_as_the_serializer_makes_them()
    {
        var session = WindowTests.Window(60) with { Kind = WindowKind.Session, Gap = TimeSpan.FromSeconds(2) };
        var compute = new ComputeWindows([new WindowPlan(new WindowDefinition(session), false)], "", null, new Ledger());
        var batch = new SignalBatch();
        batch.Series.Add(new SeriesMetric("load.value", LabelSet.Of(("host", "\u00e9<'"))));
        batch.Add(new Sample(0, 1000, 1, 0));
        batch.Add(new Signal(SignalKind.Watermark, 1, 0, 60_000, new WatermarkRecord(60_000, [])));
        var run = compute.Push(batch).Signals.ToArray().Select(s => s.Payload).OfType<ResultRun>().Single();
        var encoded = new ResultEncoder(partitions: 1).Encode(run, 0);
        Assert.Equal(JsonSerializer.Serialize(run.Record(0), WireFormat.Records.WindowResult)[..90], Encoding.UTF8.GetString(encoded.Value)[..90]);
        Assert.Contains("\"kind\":\"session\"", Encoding.UTF8.GetString(encoded.Value), StringComparison.Ordinal);
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
