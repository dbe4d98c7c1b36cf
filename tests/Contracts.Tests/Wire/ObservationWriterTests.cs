using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Contracts.Tests;

public sealed class ObservationWriterTests : IDisposable
{
    private readonly ObservationWriter _writer = new();

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void Observation_reads_well_on_the_wire()
    {
        var observation = Of(("latency_seconds", 0.25), ("bytes", 1024)) with
        {
            Labels = LabelSet.Of(("target", "https://a/b?c=d&e"), ("region", "eu")),
            Attributes = LabelSet.Of(("error", "it said \"no\" <b>'\\\n\u0001")),
        };
        Assert.Equal(
            """
            {"kind":"probe","time":1767225600007,"source":"zürich","labels":{"region":"eu","target":"https://a/b?c=d&e"},"values":{"latency_seconds":0.25,"bytes":1024},"attributes":{"error":"it said \"no\" <b>'\\\n\u0001"}}
            """,
            Write(observation));
    }

    [Fact]
    public void Sequence_stands_behind_the_source_where_there_is_one() => Assert.Equal(
        """{"kind":"probe","time":1767225600007,"source":"zürich","sequence":7,"labels":{},"values":{}}""", Write(Of() with { Sequence = 7 }));

    [Fact]
    public void Attributes_are_left_out_where_there_are_none() =>
        Assert.Equal("""{"kind":"probe","time":1767225600007,"source":"zürich","labels":{},"values":{}}""", Write(Of()));

    [Fact]
    public void Equal_series_are_equal_bytes_whatever_the_order_of_their_labels() => Prop.ForAll(ArbMap.Default.ArbFor<(NonNull<string>, NonNull<string>)[]>(), pairs =>
    {
        var labels = pairs.DistinctBy(p => p.Item1.Get).Select(p => (p.Item1.Get, p.Item2.Get)).ToArray();
        var written = Write(Of() with { Labels = LabelSet.Of(labels) });
        return written == Write(Of() with { Labels = LabelSet.Of([.. labels.Reverse()]) });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_text_comes_back() => Prop.ForAll(Texts, text =>
    {
        using var json = JsonDocument.Parse(Write(Of((text, 1)) with { Kind = text, Source = text, Labels = LabelSet.Of((text, text)), Attributes = LabelSet.Of((text, text)) }));
        var root = json.RootElement;
        return root.GetProperty("kind").GetString() == text && root.GetProperty("source").GetString() == text
            && new[] { "labels", "attributes" }.All(f => root.GetProperty(f).EnumerateObject().Single() is var p && p.Name == text && p.Value.GetString() == text)
            && root.GetProperty("values").EnumerateObject().Single().Name == text;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Every_finite_number_comes_back_to_the_bit()
    {
        var random = new Random(1);
        foreach (var value in Numbers(random, 50_000))
        {
            using var json = JsonDocument.Parse(Write(Of(("v", value))));
            Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(json.RootElement.GetProperty("values").GetProperty("v").GetDouble()));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Number_that_JSON_cannot_write_is_refused_and_the_writer_goes_on(double value)
    {
        var whole = Write(Of(("v", 1)));
        Assert.Throws<ArgumentException>(() => Write(Of(("v", value))));
        Assert.Equal(whole, Write(Of(("v", 1))));
    }

    [Fact]
    public void Half_of_a_surrogate_pair_still_makes_valid_JSON()
    {
        using var json = JsonDocument.Parse(Write(Of() with { Source = "a\ud83d" }));
        Assert.Equal("a\ufffd", json.RootElement.GetProperty("source").GetString());
    }

    [Fact]
    public void Record_goes_to_the_partition_of_its_key()
    {
        var batch = new RecordBatch();
        _writer.Append(batch, "observations", 7, Of() with { Key = "日本語" });
        Assert.Equal(new TopicPartition("observations", 6), batch[0].To);
        Assert.Equal("日本語", Encoding.UTF8.GetString(batch[0].Key));
        Assert.Equal(Write(Of()), Encoding.UTF8.GetString(batch[0].Value));
    }

    private static Arbitrary<string> Texts =>
        Gen.Elements("\"", "\\", "/", "\n", "\0", "\u007f", "\u2028", "<", "é", "日", "🚀", "a", "+", "'").ArrayOf().Select(string.Concat).ToArbitrary();

    private static IEnumerable<double> Numbers(Random random, int count)
    {
        foreach (var value in new[] { 0, -0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, 2.2250738585072014e-308, 0.1, 1e21, 1e-7, 9007199254740993 })
            yield return value;
        for (var i = 0; i < count; i++)
            if (BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)) is var value && double.IsFinite(value)) yield return value;
    }

    private static Observation Of(params (string Name, double Value)[] values) => new()
    {
        Kind = "probe", Time = 1_767_225_600_007, Source = "zürich", Key = "k", Values = [.. values.Select(v => new Measurement(v.Name, v.Value))],
    };

    private string Write(Observation observation) => Encoding.UTF8.GetString(_writer.Write(observation));
}
