using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Transport.Kafka;

namespace Pipeline.Host.Schemas;

/// <summary>A topic as an AsyncAPI channel: where it is, how it is kept, what is in it.</summary>
internal static class AsyncApiChannel
{
    private static readonly CodeComments Comments = new(typeof(Topics).Assembly);

    /// <summary>The name of the property of <see cref="Topics"/>.</summary>
    public static string IdOf(TopicSpec spec, Topics topics) => JsonNamingPolicy.CamelCase.ConvertName(Property(spec, topics).Name);

    public static JsonObject Of(TopicSpec spec, Topics topics)
    {
        var kind = RecordKind.Of(spec.Name, topics);
        return new JsonObject
        {
            ["address"] = spec.Name,
            ["description"] = Comments.Of(Property(spec, topics)),
            ["messages"] = new JsonObject { [kind.Name] = Reference($"#/components/messages/{kind.Name}") },
            ["bindings"] = new JsonObject { ["kafka"] = Binding(spec) },
        };
    }

    public static JsonObject Reference(string to) => new() { ["$ref"] = to };

    private static System.Reflection.PropertyInfo Property(TopicSpec spec, Topics topics) =>
        typeof(Topics).GetProperties().First(p => p.Name != nameof(Topics.Prefix) && Equals(p.GetValue(topics), spec.Name));

    private static JsonObject Binding(TopicSpec spec)
    {
        var settings = new JsonObject();
        foreach (var (name, value) in TopicSettings.Of(spec))
            settings[name] = name == "cleanup.policy" ? new JsonArray(value) : long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : value;
        return new JsonObject { ["topic"] = spec.Name, ["partitions"] = spec.Partitions, ["topicConfiguration"] = settings, ["bindingVersion"] = AsyncApiDocument.KafkaBinding };
    }
}
