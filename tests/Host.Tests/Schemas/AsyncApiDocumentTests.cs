using System.Text.Json.Nodes;
using Pipeline.Host.Schemas;
using Pipeline.Transport.Kafka;

namespace Pipeline.Host.Tests.Schemas;

public sealed class AsyncApiDocumentTests
{
    [Fact]
    public void The_document_is_of_the_topics_that_the_configuration_makes()
    {
        var document = AsyncApiDocument.Of(new LogOptions
        {
            Prefix = "eu-", Partitions = 12,
            Kafka = new KafkaOptions { Servers = "a:1, b:2", Settings = new Dictionary<string, string> { ["security.protocol"] = "SASL_SSL" } },
        });

        Assert.Equal([("kafka", "a:1"), ("kafka-2", "b:2")], document["servers"]!.AsObject().Select(s => (s.Key, s.Value!["host"]!.GetValue<string>())));
        Assert.Equal("kafka-secure", document["servers"]!["kafka"]!["protocol"]!.GetValue<string>());
        Assert.Equal("eu-dead-letter", document["channels"]!["deadLetter"]!["address"]!.GetValue<string>());
        Assert.Equal(12, document["channels"]!["windows"]!["bindings"]!["kafka"]!["partitions"]!.GetValue<int>());
        Assert.Equal("/pipeline/eu-late", document["components"]!["messages"]!["late"]!["headers"]!["properties"]!["ce_source"]!["const"]!.GetValue<string>());
        Assert.Equal("eu-pipeline-windows", document["operations"]!["receive-observations"]!["bindings"]!["kafka"]!["groupId"]!["const"]!.GetValue<string>());
    }

    [Fact]
    public void Dead_letters_are_told_by_their_headers_and_have_no_schema()
    {
        var message = AsyncApiDocument.Of(new LogOptions())["components"]!["messages"]!["dead-letter"]!;
        var headers = message["headers"]!["properties"]!.AsObject().Select(h => h.Key).ToList();

        Assert.Superset(new HashSet<string> { "ce_type", "dead-letter-reason", "dead-letter-error", "dead-letter-topic", "dead-letter-offset" }, headers.ToHashSet());
        Assert.DoesNotContain(headers, h => h is "ce_dataschema" or "dead-letter-key" or "dead-letter-value");
        Assert.Null(((JsonObject)message["payload"]!)["$ref"]);
    }
}
