using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

/// <summary>A reader that knows a series reads no other records, and no others samples out of them, than one that meets it first.</summary>
public sealed class KnownFormTests
{
    private readonly ObservationReader _warm = new(maxSeries: 100_000);
    private readonly SignalBatch _warmBatch;

    public KnownFormTests() => _warmBatch = new SignalBatch { Series = _warm.Series };

    [Theory]
    [InlineData("{\"kind\":\"a\",\"time\":12,\"source\":\"n\",\"labels\":{\"h\":\"x\"},\"values\":{\"v\":1.25}}")]
    [InlineData("{\"kind\":\"a\",\"time\":12,\"source\":\"n\",\"sequence\":7,\"labels\":{\"h\":\"x\"},\"values\":{\"v\":1.25}}")]
    [InlineData("{\"kind\":\"a\",\"time\":12,\"source\":\"n\",\"labels\":{},\"values\":{\"v\":-0.1,\"w\":12345678901234567}}")]
    [InlineData("{\"kind\":\"a\",\"time\":12,\"source\":\"n\",\"labels\":{\"h\":\"},\\\"values\\\":{\"},\"values\":{\"v\":1e3}}")]
    public void Known_series_is_read_as_before(string json)
    {
        for (var i = 0; i < 3; i++) Same(Encoding.UTF8.GetBytes(json));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(Read(_warm, _warmBatch, Encoding.UTF8.GetBytes(json)));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 500);
    }

    [Fact]
    public void Mutations_of_known_records_are_read_alike()
    {
        var random = new Random(7);
        using var writer = new ObservationWriter();
        var good = Enumerable.Range(0, 30).Select(_ => writer.Write(Some(random)).ToArray()).ToList();
        foreach (var record in good) Same(record);
        var (read, tries) = (0, Tries.Of(100_000));
        for (var i = 0; i < tries; i++)
        {
            var bytes = good[random.Next(good.Count)].ToList();
            for (var times = random.Next(3); times > 0; times--)
            {
                var at = random.Next(bytes.Count);
                if (random.Next(3) == 0) bytes.RemoveAt(at);
                else if (random.Next(2) == 0) bytes[at] = (byte)"{}[]\",:\\0129e-.+ \u0001"[random.Next(18)];
                else bytes.Insert(at, (byte)"{}[]\",:\\0129e-.+ \u0001"[random.Next(18)]);
            }
            if (Same([.. bytes])) read++;
        }
        Assert.InRange(read, tries * 0.2, tries * 0.9);
    }

    [Fact]
    public void What_the_writer_writes_is_of_the_known_form_unless_a_number_has_19_digits_or_an_exponent()
    {
        var random = new Random(8);
        using var writer = new ObservationWriter();
        for (var i = 0; i < 2000; i++)
        {
            var some = Some(random);
            var written = some with { Sequence = some.Sequence % 1_000_000_000_000_000_000, Values = [.. some.Values.Select(v => v with { Value = v.Value % 1e6 is > -1e-4 and < 1e-4 ? 0.5 : v.Value % 1e6 })] };
            ReadOnlySpan<byte> json = writer.Write(written);
            Assert.True(KnownForm.TryReadHead(ref json, out var head));
            Assert.Equal((written.Time, written.Sequence ?? -1, written.Source), (head.Time, head.Sequence, Encoding.UTF8.GetString(head.Source)));
            Assert.Equal(written.Kind, System.Text.Json.JsonSerializer.Deserialize<string>(head.Kind));
            Assert.Equal(written.Labels.ToDictionary(), System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(head.Labels));
            for (var v = 0; v < written.Values.Count; v++)
            {
                Assert.True(KnownForm.TryReadValue(ref json, out var name, out var value, out var isLast));
                Assert.Equal((written.Values[v].Name, written.Values[v].Value), (Encoding.UTF8.GetString(name), value));
                Assert.Equal(v == written.Values.Count - 1, isLast);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"kind\":")]
    [InlineData("{\"kind\":\"")]
    [InlineData("{\"kind\":7,\"time\":1,\"source\":\"n\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData(" {\"kind\":\"a\",\"time\":1,\"source\":\"n\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":,\"source\":\"n\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":01,\"source\":\"n\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":-1,\"source\":\"n\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1234567890123456789,\"source\":\"n\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"sauce\":\"n\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"n")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"n\u0001\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"\u00e9\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"a\\\\\",\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"n\",\"sequence\":,\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"n\",\"sequence\":-1,\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"n\",\"sequence\":1,\"more\":2,\"labels\":{},\"values\":{\"v\":1}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"n\",\"labels\":{},\"values\":{}}")]
    [InlineData("{\"kind\":\"a\",\"time\":1,\"source\":\"n\",\"labels\":{},\"more\":1,\"values\":{\"v\":1}}")]
    public void Other_heads_are_left_to_the_full_reader(string text)
    {
        ReadOnlySpan<byte> json = Encoding.UTF8.GetBytes(text);
        Assert.False(KnownForm.TryReadHead(ref json, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("v")]
    [InlineData("v\"")]
    [InlineData("v\" :1}}")]
    [InlineData("v\":")]
    [InlineData("v\":}}")]
    [InlineData("v\":-}}")]
    [InlineData("v\":+1}}")]
    [InlineData("v\":01}}")]
    [InlineData("v\":-01}}")]
    [InlineData("v\":.5}}")]
    [InlineData("v\":1.}}")]
    [InlineData("v\":1")]
    [InlineData("v\":1.5")]
    [InlineData("v\":1e3}}")]
    [InlineData("v\":1E3}}")]
    [InlineData("v\":1.5e3}}")]
    [InlineData("v\":1}")]
    [InlineData("v\":1}}}")]
    [InlineData("v\":1}} ")]
    [InlineData("v\":1 ,\"w\":2}}")]
    [InlineData("v\":1,w\":2}}")]
    public void Other_values_are_left_to_the_full_reader(string text)
    {
        ReadOnlySpan<byte> json = Encoding.UTF8.GetBytes(text);
        Assert.False(KnownForm.TryReadValue(ref json, out _, out _, out _));
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("-0", -0.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("-0.05", -0.05)]
    [InlineData("10", 10.0)]
    [InlineData("999999999999999", 999999999999999.0)]
    [InlineData("-99999999999999.9", -99999999999999.9)]
    [InlineData("0.99999999999999", 0.99999999999999)]
    [InlineData("9999999999999999", 9999999999999999.0)]
    [InlineData("0.1000000000000000055511151231257827", 0.1)]
    [InlineData("-12345678901234567890123", -12345678901234567890123.0)]
    [InlineData("18446744073709551616.5", 18446744073709551616.5)]
    public void Numbers_are_read_to_the_bit(string text, double expected)
    {
        foreach (var (end, isEnd) in new[] { ("}}", true), (",\"w\":1}}", false) })
        {
            ReadOnlySpan<byte> json = Encoding.UTF8.GetBytes($"v\":{text}{end}");
            Assert.True(KnownForm.TryReadValue(ref json, out var name, out var value, out var isLast));
            Assert.Equal((BitConverter.DoubleToInt64Bits(expected), isEnd), (BitConverter.DoubleToInt64Bits(value), isLast));
            Assert.Equal("v", Encoding.UTF8.GetString(name));
            Assert.Equal(isEnd ? "}}" : "w\":1}}", Encoding.UTF8.GetString(json));
        }
    }

    private bool Same(byte[] record)
    {
        var cold = new ObservationReader(maxSeries: 1000);
        var coldBatch = new SignalBatch { Series = cold.Series };
        var (expected, found) = (Read(cold, coldBatch, record), Read(_warm, _warmBatch, record));
        Assert.Equal(expected, found);
        Assert.Equal(Samples(coldBatch), Samples(_warmBatch));
        if (expected is not null) return false;
        Assert.Equal((cold.Time, cold.Sequence), (_warm.Time, _warm.Sequence));
        if (cold.Sequence >= 0) Assert.Equal(cold.Source.ToArray(), _warm.Source.ToArray());
        return true;
    }

    private static string? Read(ObservationReader reader, SignalBatch batch, byte[] record)
    {
        batch.Begin(0);
        return reader.Read(new LogRecord(1, 2, [], record), batch);
    }

    private static List<(string, string, long, double)> Samples(SignalBatch batch) =>
        [.. batch.Samples.ToArray().Select(s => (batch.Series[s.Series].Metric, batch.Series[s.Series].Labels.ToString(), s.Time, s.Value))];

    private static Observation Some(Random random) => new()
    {
        Kind = random.Next(2) == 0 ? "probe" : "k\u00e9", Time = random.NextInt64(1L << random.Next(1, 50)), Source = "node-1", Key = "k",
        Sequence = random.Next(2) == 0 ? null : random.NextInt64(1L << random.Next(1, 62)),
        Labels = LabelSet.Of(("host", $"h{random.Next(5)}"), ("text", random.Next(3) == 0 ? "a\"\\b},\"values\":{" : "\u00fc")),
        Values = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => new Measurement($"v{i}", Value(random)))],
    };

    private static double Value(Random random) => random.Next(4) switch
    {
        0 => random.Next(-1000, 1000), 1 => Math.Round(random.NextDouble() * 100, random.Next(10)), 2 => Math.Exp(random.NextDouble() * 200 - 100), _ => -random.NextDouble(),
    };
}
