using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

public sealed class EncodeOutputsTests
{
    private const long Minute = 60_000;
    private static readonly Dictionary<string, long> Since = new() { ["a"] = 5, ["b"] = 7, ["c"] = 9 };
    private readonly SignalBatch _input = new();
    private long _offset;

    [Fact]
    public void Each_watermark_is_a_tick_on_every_partition_and_the_first_of_a_minute_names_the_windows()
    {
        var encode = Encode(null);
        Assert.Equal([(1, 0, Minute - 2, "a,b"), (1, 1, Minute - 2, "a,b"), (1, 2, Minute - 2, "a,b")], Ticks(Push(encode, Minute - 2)));
        Assert.Equal([(Minute - 1, "")], Distinct(Push(encode, Minute - 1)));
        Assert.Equal([(Minute, "a,b"), (Minute + 1, "")], Distinct(Push(encode, Minute, Minute + 1)));
        Assert.Equal([(2 * Minute - 1, "")], Distinct(Push(encode, 2 * Minute - 1)));
        Assert.Equal([(5 * Minute, "a,b")], Distinct(Push(encode, 5 * Minute)));
    }

    [Fact]
    public void Watermark_that_does_not_rise_is_no_tick()
    {
        var encode = Encode(null);
        Assert.Equal([(0L, "a,b")], Distinct(Push(encode, 0, 0)));
        Assert.Equal([(8L, "")], Distinct(Push(encode, 8, 8, 7)));
        Assert.Empty(Push(encode, 8));
    }

    [Fact]
    public void Run_after_a_rewind_goes_on_from_the_watermark_of_then()
    {
        var encode = Encode(new Progress("windows", 0, 3, new WatermarkRecord(Minute + 500, []), 9, -1, 0, Since));
        Assert.Empty(Push(encode, Minute + 500));
        Assert.Equal([(Minute + 501, "")], Distinct(Push(encode, Minute + 501)));
    }

    [Fact]
    public void Change_of_the_windows_is_told_at_once_with_the_time_reached()
    {
        var encode = Encode(null);
        _input.Add(new Signal(SignalKind.Named, ++_offset, 0, 0, null));
        Assert.Equal([(0L, "a,b")], Distinct(Push(encode)));
        Push(encode, 500);
        _input.Add(new Signal(SignalKind.Named, ++_offset, 0, 0, null));
        Assert.Equal([(500L, "a,b")], Distinct(Push(encode)));
    }

    [Fact]
    public void Stage_without_partial_results_tells_no_ticks()
    {
        Assert.Empty(Push(new EncodeOutputs(new Topics(), 3, null, null), 10));
        Assert.Empty(Push(new EncodeOutputs(new Topics(), 3, new PartialTicks("windows-0", []), null), 10));
        _input.Add(new Signal(SignalKind.Named, 1, 0, 0, null));
        _input.Add(new Signal(SignalKind.Tick, 1, 0, 0, "node"));
        Assert.Empty(Push(new EncodeOutputs(new Topics(), 3, null, null)));
    }

    [Fact]
    public void Late_records_and_dead_letters_go_to_their_topics_by_the_keys_that_they_had()
    {
        var late = new LateRecord("w", "load.value", LabelSet.Of(("host", "a")), 1, 2, 3, 4, [10]);
        var letter = new DeadLetter(DropReason.Malformed, "no", "windows", "observations", 1, 2, 3, "key"u8.ToArray(), [1, 2]);
        _input.Add(new Signal(SignalKind.Late, 4, 0, 0, late));
        _input.Add(new Signal(SignalKind.DeadLetter, 5, 0, 0, letter));
        var records = Push(Encode(null));
        Assert.Equal(
            [
                (4, new TopicPartition("late", Partitioner.Of("host=a"u8, 3)), "host=a", JsonSerializer.Serialize(late, WireFormat.Records.LateRecord)),
                (5, new TopicPartition("dead-letter", Partitioner.Of("key"u8, 3)), "key", JsonSerializer.Serialize(letter, WireFormat.Records.DeadLetter)),
            ],
            records);
    }

    [Theory]
    [InlineData(false, "windows")]
    [InlineData(true, "partials")]
    public void Results_go_to_the_topic_of_what_they_are(bool isPartial, string topic)
    {
        using var compute = new ComputeWindows([new WindowPlan(new WindowDefinition(WindowTests.Window(10)), isPartial)], "windows-0", null, new Ledger());
        var input = new SignalBatch();
        input.Series.Add(new SeriesMetric("load.value", LabelSet.Of(("host", "a"))));
        input.Begin(2);
        input.Add(new Sample(0, 1000, 1, 0));
        input.Add(new Signal(SignalKind.Watermark, 1, 0, 10_000, new WatermarkRecord(10_000, [])));
        var output = new EncodeOutputs(new Topics(), 1, null, null).Push(compute.Push(input));
        Assert.Equal(2, output.NextOffset);
        Assert.Equal(topic, Assert.Single(Written(output)).To.Topic);
    }

    private static EncodeOutputs Encode(Progress? progress) => new(new Topics(), 3, new PartialTicks("windows-0", ["a", "b"]), progress);

    private List<(long Cause, TopicPartition To, string Key, string Value)> Push(EncodeOutputs encode, params long[] watermarks)
    {
        foreach (var watermark in watermarks) _input.Add(new Signal(SignalKind.Watermark, ++_offset, 0, watermark, new WatermarkRecord(watermark, [])));
        _input.Rewind = new RewindPoint(0, Watermark.None, 0, Since);
        var written = Written(encode.Push(_input));
        _input.Begin(_offset);
        return written;
    }

    private static List<(long Cause, TopicPartition To, string Key, string Value)> Written(OutputBatch output)
    {
        var written = new List<(long, TopicPartition, string, string)>();
        foreach (var (cause, outputs) in output.Runs)
        {
            for (var i = 0; i < outputs.Count; i++)
            {
                var batch = new RecordBatch();
                outputs.Write(i, batch);
                written.Add((cause, batch[0].To, Encoding.UTF8.GetString(batch[0].Key), Encoding.UTF8.GetString(batch[0].Value)));
            }
        }
        return written;
    }

    private static IEnumerable<(long Cause, int Partition, long Time, string Named)> Ticks(IEnumerable<(long Cause, TopicPartition To, string Key, string Value)> records) =>
        records.Select(r =>
        {
            var tick = JsonSerializer.Deserialize(r.Value, WireFormat.Records.Tick)!;
            Assert.Equal(("partials", "tick", "windows-0"), (r.To.Topic, r.Key, tick.Source));
            Assert.All(tick.Since ?? new Dictionary<string, long>(), s => Assert.Equal(Since[s.Key], s.Value));
            return (r.Cause, r.To.Partition, tick.Time, string.Join(",", tick.Since?.Keys.Order() ?? Enumerable.Empty<string>()));
        });

    /// <summary>The ticks of one partition; the others have the same.</summary>
    private static IEnumerable<(long Time, string Named)> Distinct(IReadOnlyCollection<(long Cause, TopicPartition To, string Key, string Value)> records)
    {
        Assert.All(Ticks(records).GroupBy(t => t.Time), same => Assert.Equal([0, 1, 2], same.Select(t => t.Partition)));
        return [.. Ticks(records).Where(t => t.Partition == 0).Select(t => (t.Time, t.Named))];
    }
}
