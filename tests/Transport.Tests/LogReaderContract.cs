using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Transport.Tests;

/// <summary>What every transport promises its readers.</summary>
public abstract class LogReaderContract
{
    protected TopicPartition A0 => new(Prefix + "a", 0);
    protected TopicPartition A1 => new(Prefix + "a", 1);
    protected TopicPartition B0 => new(Prefix + "b", 0);

    /// <summary>What the names of the test's topics begin with, where it shares the log with other tests.</summary>
    protected virtual string Prefix => "";

    protected IReadOnlyList<TopicSpec> Specs =>
        [new(Prefix + "a", 2, TimeSpan.FromDays(1), 1L << 30), new(Prefix + "b", 1, TimeSpan.FromDays(1), 1L << 30)];

    /// <summary>Where transports let the test set the log's clock.</summary>
    protected TestTimeProvider Time { get; } = new();

    protected abstract ILog Log { get; }

    /// <summary>Lets the log's clock go on.</summary>
    protected virtual Task PassTimeAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(5));
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Records_come_back_in_their_order_with_key_value_and_rising_offsets()
    {
        var writer = await Open("w");
        for (var i = 0; i < 100; i++) await writer.Append(A0, $"k{i}", $"v{i}");

        var records = await Log.Take(A0, 0, 100);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => ($"k{i}", $"v{i}")), records.Select(r => (r.Key, r.Value)));
        Assert.All(records.Zip(records.Skip(1)), pair => Assert.True(pair.First.Offset < pair.Second.Offset));
    }

    [Fact]
    public async Task Reader_at_the_tail_wakes_up()
    {
        var writer = await Open("w");
        var reading = Log.Take(A0, 0, 2);
        await writer.Append(A0, "k", "1");
        await writer.Append(A1, "k", "elsewhere");
        await writer.Append(A0, "k", "2");
        Assert.Equal(["1", "2"], Values(await reading));
    }

    [Fact]
    public async Task Reader_from_the_end_sees_only_what_comes()
    {
        var writer = await Open("w");
        await writer.Append(A0, "k", "old");
        var end = (await Log.StateOf(A0)).End;
        var reading = Log.Take(A0, end, 1);
        await writer.Append(A0, "k", "new");
        Assert.Equal(["new"], Values(await reading));
    }

    [Fact]
    public async Task Reader_from_before_the_first_begins_with_the_first()
    {
        await (await Open("w")).Append(A0, "k", "v");
        Assert.Equal(["v"], Values(await Log.Take(A0, -5, 1)));
    }

    [Fact]
    public async Task Reader_from_any_offset_begins_there()
    {
        var writer = await Open("w");
        var batch = new RecordBatch();
        for (var round = 0; round < 20; round++)
        {
            batch.Clear();
            for (var i = 0; i < 50; i++) batch.Add(A0, "k", $"{round * 50 + i}");
            await writer.AppendAsync(batch, default);
        }
        var all = await Log.Take(A0, 0, 1000);
        foreach (var start in (int[])[1, 49, 50, 51, 500, 777, 999])
            Assert.Equal(all.Skip(start), await Log.Take(A0, all[start].Offset, 1000 - start));
    }

    [Fact]
    public async Task Slices_follow_one_another_without_a_gap()
    {
        var writer = await Open("w");
        for (var i = 0; i < 2000; i += 100)
        {
            var batch = new RecordBatch();
            for (var j = 0; j < 100; j++) batch.Add(A0, "k", new string('x', 1500));
            await writer.AppendAsync(batch, default);
        }
        long next = 0;
        var count = 0;
        await foreach (var slice in Log.ReadAsync(A0, 0, default))
        {
            Assert.Equal(A0, slice.Partition);
            foreach (var record in LogReading.Copy(slice))
            {
                Assert.True(record.Offset >= next);
                next = record.Offset + 1;
                count++;
            }
            Assert.True(slice.NextOffset >= next);
            if (count >= 2000) break;
        }
        Assert.Equal(2000, count);
    }

    [Fact]
    public async Task Stop_ends_a_reader_at_the_tail_without_an_error()
    {
        await (await Open("w")).Append(A0, "k", "v");
        using var stop = new CancellationTokenSource();
        var slices = 0;
        await foreach (var _ in Log.ReadAsync(A0, 0, stop.Token))
        {
            slices++;
            await stop.CancelAsync();
        }
        Assert.Equal(1, slices);
    }

    [Fact]
    public async Task Stop_ends_a_waiting_reader_without_an_error()
    {
        using var stop = new CancellationTokenSource();
        var reader = Log.ReadAsync(A0, 0, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        var waiting = reader.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System));
        await reader.DisposeAsync();
    }

    [Fact]
    public async Task Reading_an_unknown_topic_says_so() =>
        await Assert.ThrowsAsync<UnknownTopicException>(() => Log.Take(new TopicPartition("nowhere", 0), 0, 1));

    protected static IEnumerable<string> Values(IEnumerable<ReadRecord> records) => records.Select(r => r.Value);

    protected async Task<ILogWriter> Open(string name) => await Log.OpenAsync(name, default);
}
