using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class ObservationReaderTests
{
    private readonly ObservationReader _reader = new(maxSeries: 1000);
    private readonly SignalBatch _batch;

    public ObservationReaderTests() => _batch = new SignalBatch { Series = _reader.Series };

    [Fact]
    public void Reader_reads_what_the_writer_writes()
    {
        using var writer = new ObservationWriter();
        var observation = new Observation
        {
            Kind = "probe", Time = 77, Source = "n", Key = "k", Labels = LabelSet.Of(("target", "a\"b"), ("région", "eu")),
            Values = [new Measurement("ttfb_seconds", 0.1), new Measurement("größe", double.MaxValue)], Attributes = LabelSet.Of(("error", "none")),
        };
        Assert.Null(_reader.Read(new LogRecord(5, 99, [], writer.Write(observation)), _batch));
        Assert.Equal([("probe.ttfb_seconds", 0.1), ("probe.größe", double.MaxValue)], Samples());
        foreach (var sample in _batch.Samples)
        {
            Assert.Equal((5L, 77L), (sample.Cause, sample.Time));
            Assert.Equal(observation.Labels, _batch.Series[sample.Series].Labels);
        }
    }

    [Fact]
    public void Reader_agrees_with_a_plain_reading_of_any_valid_observation()
    {
        var seeds = ArbMap.Default.ArbFor<int>().Generator.Select(seed => new RandomObservations(new Random(seed)).Next()).ToArbitrary();
        Prop.ForAll(seeds, json =>
        {
            _batch.Begin(0);
            if (Read(json) is { } problem) throw new InvalidOperationException(problem);
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var kind = root.GetProperty("kind").GetString();
            var labels = root.TryGetProperty("labels", out var l) ? LabelSet.Of(l.EnumerateObject().Select(p => (p.Name, p.Value.GetString()!)).ToArray()) : LabelSet.Empty;
            return Samples().SequenceEqual(root.GetProperty("values").EnumerateObject().Select(v => ($"{kind}.{v.Name}", v.Value.GetDouble())))
                && _batch.Samples.ToArray().All(s => s.Time == root.GetProperty("time").GetInt64() && _batch.Series[s.Series].Labels.Equals(labels));
        }).Check(5000);
    }

    [Fact]
    public void Series_is_met_again_by_reference()
    {
        Read("""{"kind":"a","time":1,"labels":{"x":"1"},"values":{"v":1}}""");
        Read("""{"time":2,"values":{"\u0076":2},"kind":"a","labels":{"x":"1"}}""");
        Read("""{"kind":"a","time":1,"values":{"v":1}}""");
        Assert.Equal(_batch.Samples[0].Series, _batch.Samples[1].Series);
        Assert.NotEqual(_batch.Samples[0].Series, _batch.Samples[2].Series);
    }

    [Fact]
    public void Names_that_need_escapes_are_not_mistaken_for_each_other()
    {
        foreach (var name in new[] { @"a\\b", @"a\b", @"a\u0008", @"a\\b", @"a\b" })
            Read($$$"""{"kind":"k","time":1,"source":"n","labels":{"x":"1"},"values":{"{{{name}}}":1}}""");
        Assert.Equal(["k.a\\b", "k.a\b", "k.a\b", "k.a\\b", "k.a\b"], _batch.Samples.ToArray().Select(s => _reader.Series[s.Series].Metric));
    }

    [Theory]
    [InlineData("""{"kind":"tick","source":"node-1","time":12}""")]
    [InlineData("""{"time":12,"extra":{},"source":"node-1","kind":"\u0074ick"}""")]
    public void Tick_is_read_however_it_is_written(string json)
    {
        Assert.Null(Read(json));
        var tick = Assert.Single(_batch.Signals.ToArray());
        Assert.Equal((SignalKind.Tick, 12L, "node-1"), (tick.Kind, tick.Time, (string)tick.Payload!));
    }

    [Fact]
    public void Table_of_series_starts_over_between_batches_once_it_is_full()
    {
        var reader = new ObservationReader(maxSeries: 3);
        var batch = new SignalBatch { Series = reader.Series };
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0, reader.Series.Epoch);
            reader.BeginBatch();
            Assert.Equal(i, reader.Series.Count);
            Assert.Null(reader.Read(new LogRecord(0, 0, [], Encoding.UTF8.GetBytes($$$"""{"kind":"a","time":1,"source":"n","labels":{"x":"{{{i}}}"},"values":{"v":1}}""")), batch));
        }
        reader.BeginBatch();
        Assert.Equal((1, 0), (reader.Series.Epoch, reader.Series.Count));
        batch.Begin(0);
        Assert.Null(reader.Read(new LogRecord(0, 0, [], """{"kind":"a","time":1,"source":"n","labels":{"x":"2"},"values":{"v":1}}"""u8), batch));
        Assert.Equal((1, "x=2"), (reader.Series.Count, reader.Series[batch.Samples[0].Series].Labels.ToString()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(500)]
    public void Source_that_counts_is_told_however_long_it_is(int length)
    {
        var source = new string('s', length - 1) + "t";
        foreach (var sequence in new[] { 7, 0 })
        {
            for (var i = 0; i < 2; i++) // read in full, then in the known form
            {
                Assert.Null(Read($$$"""{"kind":"a","time":1,"source":"{{{source}}}","sequence":{{{sequence}}},"labels":{},"values":{"v":1}}"""));
                Assert.Equal((sequence, source), (_reader.Sequence, Encoding.UTF8.GetString(_reader.Source)));
            }
        }
    }

    [Theory]
    [InlineData("\\u0073\\u00e9", "s\u00e9")]
    [InlineData("s\u00e9", "s\u00e9")]
    [InlineData("\\\\", "\\")]
    public void Source_that_counts_has_one_spelling(string json, string source)
    {
        Assert.Null(Read($$$"""{"kind":"a","time":1,"source":"{{{json}}}","sequence":7,"labels":{},"values":{"v":1}}"""));
        Assert.Equal(source, Encoding.UTF8.GetString(_reader.Source));
    }

    [Fact]
    public void Nodes_are_known_up_to_a_bound_and_then_anew()
    {
        var table = new Utf8Table<string>(max: 2);
        table.Add("a"u8, "a");
        table.Add("b"u8, "b");
        Assert.True(table.TryGet("a"u8, out var a) && table.TryGet("b"u8, out _));
        Assert.Equal("a", a);
        Assert.Equal("c", table.Add("c"u8, "c"));
        Assert.Equal([false, false, true], new[] { table.TryGet("a"u8, out _), table.TryGet("b"u8, out _), table.TryGet("c"u8, out _) });
    }

    [Fact]
    public void Hashes_of_texts_depend_on_every_byte_and_on_what_they_follow()
    {
        for (var length = 0; length <= 20; length++)
        {
            var (seen, bytes) = (new HashSet<ulong>(), new byte[length]);
            Assert.True(seen.Add(Utf8Comparer.Hash(bytes, 0)), $"{length} zeros");
            Assert.True(seen.Add(Utf8Comparer.Hash(bytes, 1UL << 63)), $"{length} zeros that follow something");
            for (var i = 0; i < length; i++)
            {
                bytes[i] = 1;
                Assert.True(seen.Add(Utf8Comparer.Hash(bytes, 0)), $"{length} bytes, of which {i} differs");
                Assert.Equal(Utf8Comparer.Hash(bytes, 0), Utf8Comparer.Hash([.. bytes], 0));
                bytes[i] = 0;
            }
        }
    }

    [Fact]
    public void Reading_a_known_series_allocates_nothing()
    {
        var slices = new Testing.SliceBuilder("observations");
        for (var i = 0; i < 10_000; i++)
            slices.Add("h", $$$"""{"kind":"load","time":{{{i}}},"source":"n","labels":{"host":"h{{{i % 100}}}","path":"a\\b"},"values":{"value":{{{i}}}.5,"other":1e-3},"attributes":{"e":"x"}}""");
        var slice = slices.Build();
        ReadAll(slice);
        _batch.Begin(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll(slice);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(20_000, _batch.Count);
    }

    private void ReadAll(LogSlice slice)
    {
        for (var i = 0; i < slice.Count; i++)
            if (_reader.Read(slice[i], _batch) is { } problem) Assert.Fail(problem);
    }

    private string? Read(string json) => _reader.Read(new LogRecord(0, 0, [], Encoding.UTF8.GetBytes(json)), _batch);

    private IEnumerable<(string, double)> Samples() => _batch.Samples.ToArray().Select(s => (_batch.Series[s.Series].Metric, s.Value));
}
