using System.Text.Json.Nodes;
using Pipeline.Contracts;

namespace Pipeline.Host.Schemas;

/// <summary>The records of a topic as an AsyncAPI message: key, headers, value, an example.</summary>
internal static class AsyncApiMessage
{
    private const string Group =
        "The labels of the window's group as text, `a=1,b=2`, by name; a comma, an equals sign or a backslash within has a backslash before it. Empty where the window groups by nothing.";

    private static readonly Dictionary<RecordKind, string> Keys = new()
    {
        [RecordKind.Observation] = "The observed entity (host, target, contract), not the observer: all views of one entity meet in one partition. A tick has the key `tick`, and is in every partition.",
        [RecordKind.Partial] = Group + " A tick has the key `tick`, and is in every partition.",
        [RecordKind.Window] = Group,
        [RecordKind.Late] = Group,
        [RecordKind.DeadLetter] = "The key of the record as it was.",
        [RecordKind.Progress] = "Stage and partition, `windows/0`. The record is in the partition of that number. One with the key `end`, no headers and no value is none: its writer learned from it where the partition ends.",
    };

    public static JsonObject Of(RecordKind kind, string topic)
    {
        var message = new JsonObject { ["name"] = kind.Type, ["contentType"] = kind.ContentType };
        if (kind != RecordKind.Member) message["headers"] = Headers(kind, topic);
        message["payload"] = kind.IsDeadLetter ? AnyBytes() : AsyncApiChannel.Reference($"#/components/schemas/{kind.Name}");
        if (Keys.TryGetValue(kind, out var key))
            message["bindings"] = new JsonObject
            {
                ["kafka"] = new JsonObject { ["key"] = new JsonObject { ["type"] = "string", ["description"] = key }, ["bindingVersion"] = AsyncApiDocument.KafkaBinding },
            };
        message["examples"] = new JsonArray(Example(kind, topic));
        return message;
    }

    /// <summary>On a dead letter also the fields of <see cref="DeadLetter"/> that are neither its key nor its value.</summary>
    private static JsonObject Headers(RecordKind kind, string topic)
    {
        var properties = new JsonObject();
        foreach (var (name, value) in kind.Headers(topic)) properties[name] = new JsonObject { ["type"] = "string", ["const"] = value };
        properties["ce_id"] = new JsonObject { ["type"] = "string", ["description"] = "Its own, unlike that of any other record." };
        if (kind.IsDeadLetter)
            foreach (var (name, field) in RecordSchema.Of(kind)["properties"]!.AsObject())
                if (name is not ("key" or "value")) properties[$"dead-letter-{name}"] = Text(field!.AsObject());
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Key)]) };
    }

    /// <summary>Headers are texts, numbers too.</summary>
    private static JsonObject Text(JsonObject field)
    {
        var text = new JsonObject { ["description"] = field["description"]!.DeepClone(), ["type"] = "string" };
        if (field["enum"] is { } allowed) text["enum"] = allowed.DeepClone();
        if (field["type"]?.GetValue<string>() == "integer") text["pattern"] = "^-?[0-9]+$";
        return text;
    }

    private static JsonObject AnyBytes() => new()
    {
        ["description"] = "The record's value as it was, whatever bytes. Over HTTP, and in the log on a disk, the whole is one JSON object: schemas/dead-letter.v1.json.",
    };

    private static JsonObject Example(RecordKind kind, string topic)
    {
        var record = RecordExample.Of(kind);
        if (kind == RecordKind.Member) return new JsonObject { ["payload"] = record };
        var headers = new JsonObject();
        foreach (var (name, value) in kind.Headers(topic)) headers[name] = value;
        headers["ce_id"] = "0a4c5e6f708192a3b4c5d6e7f8091a2b-17";
        if (!kind.IsDeadLetter) return new JsonObject { ["headers"] = headers, ["payload"] = record };
        foreach (var (name, value) in record.AsObject())
            if (name is not ("key" or "value")) headers[$"dead-letter-{name}"] = value!.ToString();
        return new JsonObject { ["headers"] = headers, ["payload"] = "7" };
    }
}
