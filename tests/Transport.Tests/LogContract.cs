using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Transport.Tests;

/// <summary>What every transport promises. Derive, and hand out a log with the topics asked for.</summary>
public abstract class LogContract : LogReaderContract
{
    [Fact]
    public async Task One_batch_goes_to_several_topics_and_partitions_in_its_order()
    {
        var batch = new RecordBatch();
        for (var i = 0; i < 30; i++) batch.Add(i % 3 == 0 ? A0 : i % 3 == 1 ? A1 : B0, "k", $"{i}");
        await (await Open("w")).AppendAsync(batch, default);

        Assert.Equal(Multiples(0), Values(await Log.Take(A0, 0, 10)));
        Assert.Equal(Multiples(1), Values(await Log.Take(A1, 0, 10)));
        Assert.Equal(Multiples(2), Values(await Log.Take(B0, 0, 10)));

        static IEnumerable<string> Multiples(int start) => Enumerable.Range(0, 10).Select(i => $"{start + 3 * i}");
    }

    [Fact]
    public async Task Later_writer_of_a_name_fences_the_earlier_one_only()
    {
        var first = await Open("w");
        var other = await Open("other");
        await first.Append(A0, "k", "1");
        var second = await Open("w");
        await Assert.ThrowsAsync<FencedException>(() => first.Append(A0, "k", "fenced"));
        await second.Append(A0, "k", "2");
        await other.Append(A0, "k", "3");
        Assert.Equal(["1", "2", "3"], Values(await Log.Take(A0, 0, 3)));
    }

    [Theory]
    [InlineData("nowhere", 0)]
    [InlineData("a", 2)]
    [InlineData("a", -1)]
    public async Task Unknown_topic_or_partition_keeps_the_whole_batch_out(string topic, int partition)
    {
        var writer = await Open("w");
        var batch = new RecordBatch();
        batch.Add(A0, "k", "v");
        batch.Add(new TopicPartition(Prefix + topic, partition), "k", "v");
        await Assert.ThrowsAsync<UnknownTopicException>(async () => await writer.AppendAsync(batch, default));
        await writer.Append(A0, "k", "after");
        Assert.Equal(["after"], Values(await Log.Take(A0, 0, 1)));
    }

    [Fact]
    public async Task Batch_may_be_reused_after_an_append()
    {
        var writer = await Open("w");
        var batch = new RecordBatch();
        foreach (var value in (string[])["one", "two"])
        {
            batch.Clear();
            batch.Add(A0, "k", value);
            await writer.AppendAsync(batch, default);
        }
        batch.Clear();
        batch.Add(A0, "k", "zzz");
        Assert.Equal(["one", "two"], Values(await Log.Take(A0, 0, 2)));
    }

    [Fact]
    public async Task Big_records_pass_between_small_ones()
    {
        var big = new string('b', 5_000_000);
        var batch = new RecordBatch();
        batch.Add(A0, "k", "before");
        batch.Add(A0, big, big);
        batch.Add(A0, "k", "after");
        await (await Open("w")).AppendAsync(batch, default);

        var records = await Log.Take(A0, 0, 3);

        Assert.Equal(["before", big, "after"], Values(records));
        Assert.Equal(big, records[1].Key);
    }

    [Fact]
    public async Task Empty_keys_and_values_and_any_bytes_are_kept()
    {
        var writer = await Open("w");
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var batch = new RecordBatch();
        batch.Add(A0, [], "v"u8);
        batch.Add(A0, "k"u8, []);
        batch.Add(A0, [], []);
        batch.Add(A0, bytes, bytes);
        await writer.AppendAsync(batch, default);
        await foreach (var slice in Log.ReadAsync(A0, 0, default))
        {
            Assert.Equal(4, slice.Count);
            Assert.Equal((0, 1), (slice[0].Key.Length, slice[0].Value.Length));
            Assert.Equal((1, 0), (slice[1].Key.Length, slice[1].Value.Length));
            Assert.Equal((0, 0), (slice[2].Key.Length, slice[2].Value.Length));
            Assert.Equal(bytes, slice[3].Key.ToArray());
            Assert.Equal(bytes, slice[3].Value.ToArray());
            break;
        }
    }

    [Fact]
    public async Task Empty_batch_changes_nothing()
    {
        var writer = await Open("w");
        await writer.AppendAsync(new RecordBatch(), default);
        Assert.Equal(0, (await Log.StateOf(A0)).End);
        await writer.Append(A0, "k", "v");
        Assert.Equal(["v"], Values(await Log.Take(A0, 0, 1)));
    }

    [Fact]
    public async Task Overlapping_appends_of_many_writers_are_each_kept_whole_and_in_their_own_order()
    {
        const int Writers = 8, Batches = 100, Records = 5;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(async () =>
        {
            var writer = await Open($"w{w / 2}-{w}");
            var batch = new RecordBatch();
            for (var b = 0; b < Batches; b++)
            {
                batch.Clear();
                for (var r = 0; r < Records; r++) batch.Add(A0, $"{w}", $"{w}/{b}/{r}");
                await writer.AppendAsync(batch, default);
            }
        })));

        var records = await Log.Take(A0, 0, Writers * Batches * Records);

        var expected = Enumerable.Range(0, Batches).SelectMany(b => Enumerable.Range(0, Records).Select(r => $"{b}/{r}"));
        foreach (var of in records.GroupBy(r => r.Key)) Assert.Equal(expected.Select(e => $"{of.Key}/{e}"), Values(of));
        Assert.All(records.Chunk(Records), chunk => Assert.Single(chunk.Select(r => r.Value[..r.Value.LastIndexOf('/')]).Distinct()));
    }

    [Fact]
    public async Task Overlapping_appends_of_one_writer_are_each_kept_whole()
    {
        var writer = await Open("w");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            var batch = new RecordBatch();
            batch.Add(A0, "k", $"{i}");
            batch.Add(A0, "k", $"{i}");
            await writer.AppendAsync(batch, default);
        })));
        var pairs = (await Log.Take(A0, 0, 400)).Chunk(2).ToList();
        Assert.All(pairs, pair => Assert.Equal(pair[0].Value, pair[1].Value));
        Assert.Equal(200, pairs.Select(p => p[0].Value).Distinct().Count());
    }

    [Fact]
    public async Task Who_sees_a_part_of_an_append_can_see_all_of_it()
    {
        const int Count = 500;
        var writing = Task.Run(async () =>
        {
            var writer = await Open("w");
            for (var i = 0; i < Count; i++)
            {
                var batch = new RecordBatch();
                batch.Add(A0, "k", $"{i}");
                batch.Add(B0, "k", $"{i}");
                await writer.AppendAsync(batch, default);
            }
        });
        long seen = 0;
        await foreach (var slice in Log.ReadAsync(B0, 0, default))
        {
            seen += slice.Count;
            Assert.Equal($"{seen - 1}", (await Log.Take(A0, 0, (int)seen))[^1].Value);
            Assert.True((await Log.StateOf(A0)).End >= seen);
            if (seen == Count) break;
        }
        await writing;
    }

    [Fact]
    public async Task Catalog_knows_topics_partitions_and_how_far_they_reach()
    {
        var writer = await Open("w");
        var before = await Log.StateOf(A1);
        for (var i = 0; i < 10; i++) await writer.Append(A1, "key", "value");

        var topics = await Log.DescribeAsync(default);

        Assert.Equal([(Prefix + "a", 2), (Prefix + "b", 1)], topics.Select(t => (t.Name, t.Partitions.Count)).OrderBy(t => t.Name, StringComparer.Ordinal));
        var after = await Log.StateOf(A1);
        Assert.Equal((0L, 0L, 0L), (before.First, before.End, after.First));
        Assert.True(after.End >= 10); // a transport may use offsets of its own in between
        Assert.True(after.Bytes is null || after.Bytes >= before.Bytes + 80); // not every transport can tell
        Assert.Equal(0, (await Log.StateOf(A0)).End);
    }

    [Fact]
    public async Task End_is_behind_all_that_was_appended_and_readers_come_to_it()
    {
        var writer = await Open("w");
        for (var i = 0; i < 3; i++)
        {
            await writer.Append(A0, "k", $"{i}");
            var end = await Log.EndAsync(A0, default);
            Assert.True(end > (await Log.TakeAll(A0)).Last(r => r.Key == "k").Offset);
            await foreach (var slice in Log.ReadAsync(A0, end - 1, default))
                if (slice.NextOffset >= end) break;
        }
        Assert.Equal(["0", "1", "2"], Values((await Log.TakeAll(A0)).Where(r => r.Key == "k")));
    }

    [Fact]
    public async Task Append_times_come_from_the_clock_and_never_go_back()
    {
        var writer = await Open("w");
        await writer.Append(A0, "k", "1");
        await PassTimeAsync();
        await writer.Append(A0, "k", "2");
        Time.Jump(TimeSpan.FromHours(-1));
        await writer.Append(A0, "k", "3");
        var times = (await Log.Take(A0, 0, 3)).Select(r => r.Time).ToList();
        Assert.True(times[0] < times[1] && times[1] <= times[2], string.Join(' ', times));
    }

    [Fact]
    public async Task Given_up_append_leaves_nothing()
    {
        var writer = await Open("w");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            var batch = new RecordBatch();
            batch.Add(A0, "k", "v");
            await writer.AppendAsync(batch, new CancellationToken(canceled: true));
        });
        await writer.Append(A0, "k", "after");
        Assert.Equal(["after"], Values(await Log.Take(A0, 0, 1)));
    }
}
