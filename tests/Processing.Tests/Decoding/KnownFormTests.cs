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
