using System.Text;

namespace Pipeline.Contracts.Tests;

public sealed class LogSliceTests
{
    private static readonly TopicPartition Here = new("t", 0);

    [Fact]
    public void Slice_shows_its_records_in_place()
    {
        var slice = new LogSlice();
        slice.Begin(Here, "k1v1k2"u8.ToArray(), 10);
        slice.Add(10, 500, 0..2, 2..4);
        slice.Add(15, 600, 4..6, 6..6);
        Assert.Equal((Here, 2, 16L), (slice.Partition, slice.Count, slice.NextOffset));
        Assert.Equal((10, 500, "k1", "v1"), Copy(slice[0]));
        Assert.Equal((15, 600, "k2", ""), Copy(slice[1]));
    }

    [Fact]
    public void Slice_begun_again_has_forgotten_the_last_one()
    {
        var slice = new LogSlice();
        slice.Begin(Here, "old"u8.ToArray(), 0);
        slice.Add(0, 1, 0..1, 1..3);
        slice.Begin(new TopicPartition("u", 1), "n"u8.ToArray(), 40);
        Assert.Equal((new TopicPartition("u", 1), 0, 40L), (slice.Partition, slice.Count, slice.NextOffset));
        Assert.Throws<ArgumentOutOfRangeException>(() => slice[0].Offset);
        slice.Add(44, 2, 0..0, 0..1);
        Assert.Equal((44, 2, "", "n"), Copy(slice[0]));
    }

    [Fact]
    public void Slice_grows_past_its_first_buffer()
    {
        var slice = new LogSlice();
        slice.Begin(Here, Enumerable.Range(0, 2000).Select(i => (byte)i).ToArray(), 0);
        for (var i = 0; i < 1999; i++) slice.Add(i, i, i..i, i..(i + 1));
        for (var i = 0; i < 1999; i++) Assert.Equal((byte)i, slice[i].Value[0]);
    }

    [Fact]
    public void Place_outside_the_buffer_is_refused()
    {
        var slice = new LogSlice();
        slice.Begin(Here, new byte[4], 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => slice.Add(0, 0, 0..2, 2..5));
        Assert.Equal((0, 0L), (slice.Count, slice.NextOffset));
    }

    private static (long, long, string, string) Copy(in LogRecord record) =>
        (record.Offset, record.Time, Encoding.UTF8.GetString(record.Key), Encoding.UTF8.GetString(record.Value));
}
