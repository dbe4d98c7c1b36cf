using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Kafka;
using TopicPartition = Pipeline.Contracts.TopicPartition;

namespace Pipeline.Transport.Tests.Kafka;

/// <summary>What only Kafka has: headers, settings of topics, records of others, transactions that are given up.</summary>
[Collection(KafkaTests.Name), Trait("Needs", "kafka")]
public sealed class KafkaOwnTests(KafkaFixture kafka) : IAsyncLifetime
{
    private readonly Topics _topics = new($"t{Guid.NewGuid():N}-");
    private KafkaLog? _log;

    private KafkaLog Log => _log!;
    private KafkaOptions Options => new() { Servers = kafka.Server.Servers };
    private TopicSpec[] Specs => [Spec(_topics.Windows), Spec(_topics.DeadLetter), Spec(_topics.Progress, compacted: true)];

    public async Task InitializeAsync()
    {
        _log = Open(Specs);
        await _log.CreateTopicsAsync();
    }

    public async Task DisposeAsync() => await Log.DisposeAsync();

    [Fact]
    public async Task Records_carry_their_content_type_and_the_attributes_of_CloudEvents()
    {
        var writer = await Log.OpenAsync("w", default);
        await writer.Append(new TopicPartition(_topics.Windows, 0), "k", "{}");
        await writer.Append(new TopicPartition(_topics.Windows, 0), "k", "{}");
        var records = Consume(_topics.Windows, 2);
        Assert.Equal("application/json", Header(records[0], "content-type"));
        Assert.Equal(("1.0", "pipeline.window.v1", $"/pipeline/{_topics.Windows}", "urn:pipeline:schema:window:v1"),
            (Header(records[0], "ce_specversion"), Header(records[0], "ce_type"), Header(records[0], "ce_source"), Header(records[0], "ce_dataschema")));
        Assert.NotEqual(Header(records[0], "ce_id"), Header(records[1], "ce_id"));
    }

    [Fact]
    public async Task Dead_letter_goes_out_as_the_record_that_it_was_and_is_read_back_whole()
    {
        var letter = new DeadLetter(DropReason.Malformed, "no JSON", "windows", "observations", 3, 41, 1234, "key"u8.ToArray(), "not { JSON"u8.ToArray());
        var batch = new RecordBatch();
        batch.Add(new TopicPartition(_topics.DeadLetter, 0), letter.Key, JsonSerializer.SerializeToUtf8Bytes(letter, WireFormat.Records.DeadLetter));
        await (await Log.OpenAsync("w", default)).AppendAsync(batch, default);

        var raw = Consume(_topics.DeadLetter, 1)[0];
        Assert.Equal(("key", "not { JSON"), (Encoding.UTF8.GetString(raw.Key), Encoding.UTF8.GetString(raw.Value)));
        Assert.Equal(("Malformed", "no JSON", "41"), (Header(raw, "dead-letter-reason"), Header(raw, "dead-letter-error"), Header(raw, "dead-letter-offset")));
        var read = (await Log.Take(new TopicPartition(_topics.DeadLetter, 0), 0, 1))[0];
        Assert.Equivalent(letter, JsonSerializer.Deserialize(read.Value, WireFormat.Records.DeadLetter));
    }

    [Fact]
    public async Task Append_that_fails_in_a_way_that_Kafka_has_no_part_in_says_so_and_ends_the_writer()
    {
        var writer = await Log.OpenAsync("w", default);
        await Assert.ThrowsAsync<JsonException>(() => writer.Append(new TopicPartition(_topics.DeadLetter, 0), "key", "no letter"));
        await Assert.ThrowsAsync<FencedException>(() => writer.Append(new TopicPartition(_topics.Windows, 0), "key", "{}"));
    }

    [Fact]
    public async Task Tombstones_and_unknown_headers_of_other_producers_are_read_like_any_record()
    {
        using (var other = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = Options.Servers }).Build())
        {
            await other.ProduceAsync(_topics.Windows, new Message<byte[]?, byte[]?> { Key = "k"u8.ToArray(), Value = null });
            await other.ProduceAsync(_topics.Windows, new Message<byte[]?, byte[]?> { Value = "v"u8.ToArray(), Headers = [new Header("x-else", [0xff, 0])] });
        }
        var records = await Log.Take(new TopicPartition(_topics.Windows, 0), 0, 2);
        Assert.Equal([("k", ""), ("", "v")], records.Select(r => (r.Key, r.Value)));
    }

    [Fact]
    public async Task Records_of_an_aborted_transaction_are_not_seen_and_those_behind_it_are()
    {
        using (var other = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = Options.Servers, TransactionalId = _topics.Prefix + "other" }).Build())
        {
            other.InitTransactions(TimeSpan.FromSeconds(20));
            other.BeginTransaction();
            other.Produce(_topics.Windows, new Message<byte[], byte[]> { Value = "aborted"u8.ToArray() });
            other.Flush();
            other.AbortTransaction();
        }
        await (await Log.OpenAsync("w", default)).Append(new TopicPartition(_topics.Windows, 0), "k", "kept");
        var all = await Log.TakeAll(new TopicPartition(_topics.Windows, 0));
        Assert.Equal(["kept"], all.Select(r => r.Value));
    }

    [Fact]
    public async Task Place_that_a_batch_names_is_the_committed_offset_of_its_group()
    {
        var input = new TopicPartition(_topics.Windows, 0);
        var batch = new RecordBatch { Read = new InputPlace("stage", input, 42) };
        batch.Add(new TopicPartition(_topics.Progress, 0), "k"u8, "v"u8);
        await (await Log.OpenAsync("w", default)).AppendAsync(batch, default);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Options.Servers }).Build();
        var offsets = await admin.ListConsumerGroupOffsetsAsync([new ConsumerGroupTopicPartitions($"{_topics.Prefix}pipeline-stage", [new(input.Topic, input.Partition)])]);
        Assert.Equal(42, offsets[0].Partitions[0].Offset.Value);
    }

    [Fact]
    public async Task Topics_are_made_as_specified_and_what_differs_is_told_with_the_remedy()
    {
        Assert.Empty(await Log.DifferencesAsync());
        await using var other = Open([Spec(_topics.Windows) with { Partitions = 3, MaxAge = TimeSpan.FromHours(2) }]);
        var differences = await other.DifferencesAsync();
        Assert.Equal(2, differences.Count);
        Assert.Contains("has 1 partitions, and log.partitions is 3", differences[0]);
        Assert.Contains($"kafka-configs.sh --alter --topic {_topics.Windows} --add-config retention.ms=7200000", differences[1]);
    }

    [Fact]
    public async Task Reader_of_deleted_records_goes_on_with_the_first_that_is_left()
    {
        var at = new TopicPartition(_topics.Windows, 0);
        var writer = await Log.OpenAsync("w", default);
        for (var i = 0; i < 5; i++) await writer.Append(at, "k", $"{i}");
        var third = (await Log.Take(at, 0, 5))[3].Offset;
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Options.Servers }).Build();
        await admin.DeleteRecordsAsync([new TopicPartitionOffset(at.Topic, at.Partition, third)]);
        Assert.Equal(["3", "4"], (await Log.Take(at, 0, 2)).Select(r => r.Value));
    }

    [Fact]
    public async Task Cluster_that_is_not_there_is_told_of_by_its_address()
    {
        await using var log = new KafkaLog(new KafkaOptions { Servers = "127.0.0.1:1" }, _topics, Specs, TimeProvider.System, _ => { });
        var error = await Assert.ThrowsAsync<LogUnavailableException>(log.CreateTopicsAsync);
        Assert.Contains("127.0.0.1:1", error.Message);
    }

    private KafkaLog Open(IReadOnlyList<TopicSpec> specs) => new(Options, _topics, specs, TimeProvider.System, _ => { });

    private static TopicSpec Spec(string name, bool compacted = false) => new(name, 1, TimeSpan.FromDays(1), 1L << 30, compacted);

    private List<Message<byte[], byte[]>> Consume(string topic, int count)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = Options.Servers, GroupId = "test", IsolationLevel = IsolationLevel.ReadCommitted }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        return [.. Enumerable.Range(0, count).Select(_ => consumer.Consume(TimeSpan.FromSeconds(30))!.Message)];
    }

    private static string Header(Message<byte[], byte[]> message, string name) => Encoding.UTF8.GetString(message.Headers.GetLastBytes(name));
}
