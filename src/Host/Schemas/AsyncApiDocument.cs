using System.Text.Json.Nodes;
using Pipeline.Contracts;
using static Pipeline.Host.Schemas.AsyncApiChannel;

namespace Pipeline.Host.Schemas;

/// <summary>AsyncAPI 3 of the topics on Kafka, as a configuration makes them.</summary>
internal static class AsyncApiDocument
{
    public const string KafkaBinding = "0.5.0";

    private const string Description = """
        Every stage of the pipeline reads and writes topics, and anybody may read them too.

        - **Exactly once.** Records are written in transactions. Read with `isolation.level=read_committed`, else what was given up is seen too.
        - **Corrections.** A result comes again, with a higher `revision`, when late samples change it. Of one `window`, `metric`, `labels` and `end` the last one counts.
        - **Partitions.** A key belongs to the partition that Kafka's own rule gives it: murmur2 of its bytes, the default of the Java client (elsewhere `partitioner=murmur2_random`).
        - **Times** are Unix milliseconds; units are in the names of the metrics (`ttfb_seconds`).
        - **Percentiles** of several results come from their sketches, docs/sketch.md, never from an average.
        - **Versions.** Readers pass over fields that they do not know; the version goes up when that is not enough.
        """;

    public static JsonObject Of(LogOptions options)
    {
        var topics = new Topics(options.Prefix);
        var specs = options.KafkaSpecs();
        return new JsonObject
        {
            ["asyncapi"] = "3.0.0",
            ["info"] = Info(),
            ["defaultContentType"] = RecordKind.Observation.ContentType,
            ["servers"] = Servers(options),
            ["channels"] = Each(specs, s => IdOf(s, topics), s => AsyncApiChannel.Of(s, topics)),
            ["operations"] = Operations(specs, topics),
            ["components"] = new JsonObject
            {
                ["messages"] = Each(specs, s => RecordKind.Of(s.Name, topics).Name, s => AsyncApiMessage.Of(RecordKind.Of(s.Name, topics), s.Name)),
                ["schemas"] = Each(RecordSchema.Kinds.Where(k => !k.IsDeadLetter), k => k.Name, RecordSchema.Of),
            },
        };
    }

    private static JsonObject Info() => new()
    {
        ["title"] = "Pipeline",
        ["version"] = Product.Version,
        ["description"] = Description,
        ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["url"] = "https://www.apache.org/licenses/LICENSE-2.0" },
        ["tags"] = new JsonArray(new JsonObject { ["name"] = "observability" }),
    };

    private static JsonObject Servers(LogOptions options) => Each(
        (options.Kafka?.Servers ?? "localhost:9092").Split(',').Index(), s => s.Index == 0 ? "kafka" : $"kafka-{s.Index + 1}",
        s => new JsonObject
        {
            ["host"] = s.Item.Trim(),
            ["protocol"] = options.Kafka?.Settings.GetValueOrDefault("security.protocol", "").Contains("ssl", StringComparison.OrdinalIgnoreCase) == true ? "kafka-secure" : "kafka",
        });

    /// <summary>What it sends, and what it receives to compute windows: observations, from others too, and partial results.</summary>
    private static JsonObject Operations(IReadOnlyList<TopicSpec> specs, Topics topics)
    {
        var operations = Each(specs, s => "send-" + IdOf(s, topics), s => Operation("send", IdOf(s, topics)));
        operations["receive-observations"] = Receive("observations", "windows");
        operations["receive-partials"] = Receive("partials", "merge");
        return operations;

        JsonObject Receive(string channel, string stage)
        {
            var operation = Operation("receive", channel);
            operation["description"] = "How far it has read is where this consumer group stands.";
            operation["bindings"] = new JsonObject
            {
                ["kafka"] = new JsonObject { ["groupId"] = new JsonObject { ["type"] = "string", ["const"] = $"{topics.Prefix}pipeline-{stage}" }, ["bindingVersion"] = KafkaBinding },
            };
            return operation;
        }
    }

    private static JsonObject Operation(string action, string channel) => new() { ["action"] = action, ["channel"] = Reference($"#/channels/{channel}") };

    private static JsonObject Each<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> node) => new(items.Select(i => KeyValuePair.Create(name(i), (JsonNode?)node(i))));
}
