using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

/// <summary>What is in the topics is what the documents say.</summary>
[Trait("Needs", "kafka")]
[Collection(SubscriberTests.Name)]
public sealed class RecordTests(FilledKafka kafka)
{
    private static readonly JsonNode Document = JsonNode.Parse(Repository.Read("docs/asyncapi.json"))!;
    private static readonly Dictionary<string, JsonNode> Schemas = Directory.GetFiles(Path.Combine(Repository.Root, "docs", "schemas"))
        .Select(f => JsonNode.Parse(File.ReadAllText(f))!).ToDictionary(s => s["$id"]!.GetValue<string>(), SchemaCheck.Closed);

    public static IEnumerable<object[]> Messages => Document["channels"]!.AsObject()
        .Select(c => new object[] { c.Value!["address"]!.GetValue<string>(), c.Value!["messages"]!.AsObject().Single().Key });

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_record_and_its_headers_are_as_the_documents_say(string topic, string message)
    {
        var described = Document["components"]!["messages"]![message]!;
        var headers = described["headers"] is { } schema ? SchemaCheck.Closed(schema) : null;
        Assert.All(kafka.Read(topic), record =>
        {
            var given = new JsonObject((record.Message.Headers ?? []).Select(h => KeyValuePair.Create(h.Key, (JsonNode?)Encoding.UTF8.GetString(h.GetValueBytes()))));
            if (IsForeign(record) || IsMark(record)) return;
            Assert.True(headers is null ? given.Count == 0 : SchemaCheck.Accepts(headers, given), $"{topic} has the headers {given.ToJsonString()}");
            if (described["payload"]!["$ref"] is null) return;
            var value = JsonNode.Parse(record.Message.Value);
            Assert.True(SchemaCheck.Accepts(Schemas[$"urn:pipeline:schema:{message}:v{RecordKind.Version}"], value), $"{topic} has {value!.ToJsonString()}");
        });
    }

    [Fact]
    public void Dead_letter_is_the_record_as_it_was_with_the_reason() => Assert.All(kafka.Read("dead-letter"), letter =>
    {
        Assert.Equal(("h1", FilledKafka.Malformed), (letter.Message.Key, Encoding.UTF8.GetString(letter.Message.Value)));
        Assert.Equal(("Malformed", "windows", "observations"), (FilledKafka.Header(letter, "dead-letter-reason"), FilledKafka.Header(letter, "dead-letter-stage"), FilledKafka.Header(letter, "dead-letter-topic")));
    });

    [Fact]
    public void Results_are_keyed_by_their_labels_and_lie_where_Kafkas_own_rule_puts_the_key() => Assert.All(kafka.Read("windows"), record =>
    {
        var result = JsonNode.Parse(record.Message.Value)!;
        Assert.Equal($"host={result["labels"]!["host"]}", record.Message.Key);
        Assert.Equal(record.Partition.Value, Contracts.Partitioner.Of(Encoding.UTF8.GetBytes(record.Message.Key), Document["channels"]!["windows"]!["bindings"]!["kafka"]!["partitions"]!.GetValue<int>()));
    });

    [Fact]
    public void Observations_and_parts_come_with_ticks() => Assert.All(["observations", "partials"], topic =>
    {
        var keys = kafka.Read(topic).Select(r => r.Message.Key).ToList();
        Assert.Contains("tick", keys);
        Assert.Contains(keys, k => k != "tick");
    });

    /// <summary>No progress, but what its writer learns from where the partition ends.</summary>
    private static bool IsMark(ConsumeResult<string, byte[]> record) => (record.Topic, record.Message.Key, record.Message.Value) is ("progress", "end", null);

    /// <summary>The one that the test itself has put there.</summary>
    private static bool IsForeign(ConsumeResult<string, byte[]> record) => record.Topic == "observations" && Encoding.UTF8.GetString(record.Message.Value) == FilledKafka.Malformed;
}
