using System.Text.Json.Nodes;
using Pipeline.Contracts;

namespace Pipeline.Host.Schemas;

/// <summary>JSON Schema 2020-12 of the records of each kind, by the names that the header <c>ce_dataschema</c> has for them.</summary>
internal static class RecordSchema
{
    private static readonly OrderedDictionary<RecordKind, Func<JsonObject>> Schemas = new()
    {
        [RecordKind.Observation] = () => Either("An observation, or the tick of a node.", Observation(), Tick()),
        [RecordKind.Partial] = () => Either("Part of a window's result, or the tick of the partition that it comes from.", Partial(), Tick()),
        [RecordKind.Window] = Final,
        [RecordKind.Late] = RecordContract.Of<LateRecord>,
        [RecordKind.DeadLetter] = RecordContract.Of<DeadLetter>,
        [RecordKind.Progress] = RecordContract.Of<Progress>,
        [RecordKind.Member] = RecordContract.Of<MemberBeat>,
    };

    public static IReadOnlyList<RecordKind> Kinds { get; } = [.. Schemas.Keys];

    /// <summary>As a document of its own.</summary>
    public static JsonObject Document(RecordKind kind)
    {
        var schema = Of(kind);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "$id", kind.Schema);
        schema.Insert(2, "title", kind.Type);
        return schema;
    }

    /// <summary>As part of another document; it refers to nothing.</summary>
    public static JsonObject Of(RecordKind kind) => Schemas[kind]();

    /// <summary>As its own writer makes it: its key is the record's, and there are attributes only where there is one.</summary>
    private static JsonObject Observation()
    {
        var schema = RecordContract.Of<Observation>();
        schema["properties"]!["kind"]!["not"] = new JsonObject { ["const"] = Contracts.Tick.KindOfTick };
        schema["properties"]!.AsObject().Remove("key");
        schema["required"] = new JsonArray([.. Required(schema).Select(n => n!.GetValue<string>()).Except(["key", "attributes"]).Select(n => (JsonNode)n)]);
        return schema;
    }

    private static JsonObject Tick()
    {
        var schema = RecordContract.Of<Tick>();
        schema["properties"]!["kind"]!["const"] = Contracts.Tick.KindOfTick;
        return schema;
    }

    private static JsonObject Partial()
    {
        var schema = RecordContract.Of<WindowResult>();
        Required(schema).Add("node");
        return schema;
    }

    private static JsonObject Final()
    {
        var schema = RecordContract.Of<WindowResult>();
        schema["properties"]!.AsObject().Remove("node");
        return schema;
    }

    private static JsonObject Either(string description, JsonObject one, JsonObject other) =>
        new() { ["description"] = description, ["oneOf"] = new JsonArray(one, other) };

    private static JsonArray Required(JsonObject schema) => schema["required"]!.AsArray();
}
