using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Contracts.Tests;

public sealed class RecordBatchTests
{
    private static readonly TopicPartition Here = new("t", 3);

    [Fact]
    public void Batch_gives_back_what_was_added_however_often_it_is_used_again()
    {
        var batch = new RecordBatch();
        Prop.ForAll(ArbMap.Default.ArbFor<(byte[] Key, byte[] Value)[]>(), records =>
        {
            batch.Clear();
            foreach (var (key, value) in records) batch.Add(Here, key, value);
            for (var i = 0; i < records.Length; i++)
                if (!batch[i].Key.SequenceEqual(records[i].Key) || !batch[i].Value.SequenceEqual(records[i].Value) || batch[i].To != Here) return false;
            return batch.Count == records.Length && batch.Bytes == records.Sum(r => r.Key.Length + r.Value.Length);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Batch_grows_past_its_first_buffers()
    {
        var batch = new RecordBatch();
        for (var i = 0; i < 5000; i++) batch.Add(new TopicPartition("t", i % 7), Encoding.UTF8.GetBytes($"k{i}"), new byte[i % 300]);
        for (var i = 0; i < 5000; i++)
        {
            Assert.Equal((i % 7, $"k{i}", i % 300), (batch[i].To.Partition, Encoding.UTF8.GetString(batch[i].Key), batch[i].Value.Length));
        }
    }

    [Fact]
    public void Record_beyond_the_count_is_not_there_even_after_a_clear()
    {
        var batch = new RecordBatch();
        batch.Add(Here, "k"u8, "v"u8);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[1].Key.Length);
        batch.Clear();
        Assert.Throws<ArgumentOutOfRangeException>(() => batch[0].Key.Length);
        Assert.Equal((0, 0), (batch.Count, batch.Bytes));
    }

    [Fact]
    public void Tick_goes_to_every_partition_under_one_key()
    {
        var batch = new RecordBatch();
        batch.AddTick("observations", 3, new Tick("node", 1000));
        Assert.Equal(3, batch.Count);
        for (var partition = 0; partition < 3; partition++)
        {
            Assert.Equal(new TopicPartition("observations", partition), batch[partition].To);
            Assert.Equal("tick", Encoding.UTF8.GetString(batch[partition].Key));
            Assert.Equal("""{"kind":"tick","source":"node","time":1000}""", Encoding.UTF8.GetString(batch[partition].Value));
        }
    }
}
