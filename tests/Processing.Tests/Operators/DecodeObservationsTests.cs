using System.Text;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

public sealed class DecodeObservationsTests
{
    private const long Now = 1_000_000;
    private const long MaxFuture = 30_000;
    private static readonly RulesByInput Rules = new(new ProcessingOptions { MaxFuture = TimeSpan.FromMilliseconds(MaxFuture) }, null);
    private readonly SliceBuilder _slices = new("observations", partition: 1);
    private readonly LedgerAccount _account = new("stage windows");
    private readonly DecodeObservations _decode;
    private readonly AdvanceWatermark _advance = new(new Watermark(null));

    public DecodeObservationsTests() => _decode = new DecodeObservations("windows", Rules, 1000, null, _account);

    [Fact]
    public void Record_from_the_future_is_quarantined_with_its_bytes()
    {
        var json = $$$"""{"kind":"a","time":{{{Now + MaxFuture + 1}}},"values":{"v":1,"w":2}}""";
        var letter = (DeadLetter)Assert.IsType<Signal>(Assert.Single(Push(json))).Payload!;
        Assert.Equal((DropReason.Rejected, "windows", "observations", 1, 0L, Now), (letter.Reason, letter.Stage, letter.Topic, letter.Partition, letter.Offset, letter.Time));
        Assert.Equal(("key", json), (Encoding.UTF8.GetString(letter.Key), Encoding.UTF8.GetString(letter.Value)));
        Assert.Contains("30.001 s ahead", letter.Error);
        Assert.Equal((1L, 0L, 1L, 0L), (_account.Read().In, _account.Read().Out, _account.Read().Rejected, _account.Read().Difference));
    }

    [Fact]
    public void Tick_from_the_future_does_not_move_the_watermark()
    {
        Assert.Equal(SignalKind.DeadLetter, Kind(Assert.Single(Push($$"""{"kind":"tick","source":"n","time":{{Now + MaxFuture + 1}}}"""))));
        var watermark = Assert.IsType<Signal>(Assert.Single(Push($$"""{"kind":"tick","source":"n","time":{{Now}}}""")));
        Assert.Equal((SignalKind.Watermark, Now, 1L), (watermark.Kind, watermark.Time, watermark.Cause));
    }

    [Theory]
    [InlineData(Now + MaxFuture, null)]
    [InlineData(0, null)]
    [InlineData(-1, SignalKind.DeadLetter)]
    [InlineData(long.MinValue, SignalKind.DeadLetter)]
    [InlineData(long.MaxValue, SignalKind.DeadLetter)]
    public void Times_are_believed_from_1970_to_a_little_ahead_of_the_log(long time, SignalKind? kind) =>
        Assert.Equal(kind, Kind(Assert.Single(Push($$$"""{"kind":"a","time":{{{time}}},"values":{"v":1}}"""))));

    [Fact]
    public void Record_that_cannot_be_read_becomes_a_dead_letter_and_the_next_is_read()
    {
        _slices.Add("", [0xff, 0x00], Now);
        var signals = Push("""{"kind":"a","time":1,"values":{"v":1}}""");
        Assert.Equal([SignalKind.DeadLetter, null], signals.Select(Kind));
        var letter = (DeadLetter)((Signal)signals[0]).Payload!;
        Assert.Equal((DropReason.Malformed, 0L), (letter.Reason, letter.Offset));
        Assert.Equal([0xff, 0x00], letter.Value);
        Assert.Equal((2L, 1L, 1L, 0L), (_account.Read().In, _account.Read().Out, _account.Read().Malformed, _account.Read().Difference));
    }

    [Fact]
    public void Signals_keep_the_order_and_the_offsets_of_their_records()
    {
        for (var i = 0; i < 500; i++) _slices.Add("k", i % 9 == 0 ? "junk" : $$$"""{"kind":"a","time":{{{i}}},"values":{"v":1,"w":2}}""", Now);
        var signals = Push("""{"kind":"tick","source":"n","time":5}""");
        Assert.Equal(signals.Select(Cause).Order(), signals.Select(Cause));
        Assert.Equal((56, 2 * 444, 1), (signals.Count(s => Kind(s) == SignalKind.DeadLetter), signals.Count(s => s is Sample), signals.Count(s => Kind(s) == SignalKind.Watermark)));
    }

    [Fact]
    public void Observation_that_comes_again_is_dropped_and_counted()
    {
        const string first = """{"kind":"a","time":1,"source":"s","sequence":7,"labels":{},"values":{"v":1}}""";
        _slices.Add("k", first.Replace("7", "8"), Now).Add("k", first, Now).Add("k", first, Now).Add("k", first.Replace("\"s\"", "\"\\u0073\""), Now);
        Assert.Equal(3, Push(first.Replace("\"s\"", "\"t\"")).Count);
        var books = _account.Read();
        Assert.Equal((5L, 3L, 2L, 0L), (books.In, books.Out, books.Duplicate, books.Difference));
    }

    [Fact]
    public void First_number_of_a_source_is_0_in_whatever_form_it_comes()
    {
        const string first = """{"kind":"a","time":1,"source":"s","sequence":0,"labels":{},"values":{"v":1}}""";
        _slices.Add("k", first, Now).Add("k", first, Now).Add("k", first.Replace("a\"", "\\u0061\""), Now);
        Assert.Single(Push(first));
        Assert.Equal(3, _account.Read().Duplicate);
    }

    [Theory]
    [InlineData("""{"kind":"a","time":1,"source":"s","sequence":-1,"values":{"v":1}}""", "The field 'sequence' is not a whole number of at least 0.")]
    [InlineData("""{"kind":"a","time":1,"source":"s","sequence":"1","values":{"v":1}}""", "The field 'sequence' is not a whole number of at least 0.")]
    [InlineData("""{"kind":"a","time":1,"sequence":1,"values":{"v":1}}""", "It has a 'sequence' and no 'source' that counts it.")]
    [InlineData("""{"kind":"a","time":1,"sequence":0,"values":{"v":1}}""", "It has a 'sequence' and no 'source' that counts it.")]
    [InlineData("""{"kind":"a","time":-1,"values":{"v":1}}""", "Its time is before 1970.")]
    [InlineData("""{"kind":"a","time":1030500,"values":{"v":1}}""", "Its time is 30.5 s ahead of the log's.")]
    [InlineData("""{"kind":"a","sequence":"1"}""", "The field 'time' is missing or not a whole number of Unix milliseconds.")]
    public void Record_that_cannot_be_used_is_set_aside_with_the_reason(string json, string reason)
    {
        Assert.StartsWith(reason, Assert.IsType<DeadLetter>(Assert.IsType<Signal>(Assert.Single(Push(json))).Payload).Error, StringComparison.Ordinal);
        Assert.Equal(1, _account.Read().Malformed + _account.Read().Rejected);
    }

    [Fact]
    public void Memory_of_series_starts_over_between_batches_and_what_was_seen_of_sources_goes_on()
    {
        var decode = new DecodeObservations("windows", Rules, maxSeries: 2, null, new LedgerAccount("a"));
        for (var i = 0; i < 5; i++)
        {
            var batch = decode.Push(_slices.Add("k", $$$"""{"kind":"a","time":1,"source":"s","sequence":{{{i}}},"labels":{"x":"{{{i}}}"},"values":{"v":1}}""", Now).Build());
            Assert.Equal((i / 2, i % 2 + 1), (batch.Series.Epoch, batch.Series.Count));
            Assert.Equal(i, Assert.Single(batch.Duplicates!.Before(long.MaxValue)!).Highest);
        }
    }

    [Fact]
    public void Ticks_from_before_the_watermark_that_a_run_begins_with_do_not_move_it()
    {
        var advance = new AdvanceWatermark(new Watermark(null), from: 5);
        var batch = new SignalBatch();
        foreach (var offset in new[] { 4, 5 }) batch.Add(new Signal(SignalKind.Tick, offset, Now, 100 + offset, "n"));
        Assert.Equal([long.MinValue, 105], advance.Push(batch).Signals.ToArray().Select(s => s.Time));
    }

    [Theory]
    [InlineData("""{"kind":"tick","source":"n","time":5,"sequence":"x"}""")]
    [InlineData("""{"kind":"tick","source":"n","time":5,"sequence":-1}""")]
    public void Tick_needs_no_sequence_that_makes_sense(string json) => Assert.Equal(SignalKind.Watermark, Kind(Assert.Single(Push(json))));

    [Theory]
    [InlineData("{}")]
    [InlineData("x")]
    [InlineData("{")]
    public void Record_that_more_follows_on_is_malformed(string more) =>
        Assert.Equal(SignalKind.DeadLetter, Kind(Assert.Single(Push("""{"kind":"a","time":1,"values":{"v":1}}""" + more))));

    private static SignalKind? Kind(object of) => of is Signal signal ? signal.Kind : null;
    private static long Cause(object of) => of is Signal signal ? signal.Cause : ((Sample)of).Cause;

    private IReadOnlyList<object> Push(string json)
    {
        _slices.Add("key", json, Now);
        return _advance.Push(_decode.Push(_slices.Build())).All();
    }
}
