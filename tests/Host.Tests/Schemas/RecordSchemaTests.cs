using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Host.Commands;
using Pipeline.Host.Schemas;
using Pipeline.Testing;

namespace Pipeline.Host.Tests.Schemas;

public sealed class RecordSchemaTests
{
    [Fact]
    public void The_documents_in_the_repository_are_those_of_the_default_configuration()
    {
        var made = SchemasCommand.Of(LoadedConfiguration.Load(null).Options!).ToDictionary(d => d.File, d => d.Json);
        var docs = Path.Combine(Repository.Root, "docs");
        var there = Directory.GetFiles(Path.Combine(docs, "schemas"), "*.json").Append(Path.Combine(docs, "asyncapi.json"))
            .ToDictionary(f => Path.GetRelativePath(docs, f), File.ReadAllText);

        Assert.True(made.OrderBy(d => d.Key).SequenceEqual(there.OrderBy(d => d.Key)), "Write them anew: ./pipeline schemas");
    }

    [Fact]
    public void Every_kind_of_record_has_a_schema_that_its_example_keeps_to() => Assert.All(RecordSchema.Kinds, kind =>
        Assert.True(SchemaCheck.Accepts(SchemaCheck.Closed(RecordSchema.Document(kind)), RecordExample.Of(kind)), kind.Name));

    [Fact]
    public void No_schema_takes_the_record_of_another_kind_or_one_that_lacks_a_field()
    {
        foreach (var kind in RecordSchema.Kinds)
        {
            foreach (var other in RecordSchema.Kinds.Where(k => k != kind && (kind, k) != (RecordKind.Window, RecordKind.Partial)))
                Assert.False(SchemaCheck.Accepts(RecordSchema.Of(kind), RecordExample.Of(other)), $"{kind.Name} takes {other.Name}");
            foreach (var field in RecordExample.Of(kind).AsObject().Select(f => f.Key).Except(["rate", "attributes"]))
            {
                var broken = RecordExample.Of(kind);
                broken.AsObject().Remove(field);
                Assert.False(SchemaCheck.Accepts(RecordSchema.Of(kind), broken), $"{kind.Name} takes a record without {field}");
            }
        }
    }

    [Fact]
    public void A_tick_is_no_observation_and_has_its_own_form()
    {
        var tick = JsonNode.Parse("""{"kind":"tick","source":"eu","time":1}""")!;
        var observed = JsonNode.Parse("""{"kind":"tick","time":1,"source":"eu","labels":{},"values":{"a":1}}""")!;

        Assert.True(SchemaCheck.Accepts(SchemaCheck.Closed(RecordSchema.Of(RecordKind.Observation)), tick));
        Assert.False(SchemaCheck.Accepts(SchemaCheck.Closed(RecordSchema.Of(RecordKind.Observation)), observed));
    }

    [Fact]
    public void Every_field_says_what_it_is_and_times_say_their_unit() => Assert.All(RecordSchema.Kinds.SelectMany(k => Fields(RecordSchema.Of(k))), field =>
    {
        var description = field.Schema["description"]?.GetValue<string>() ?? "";
        Assert.True(description.Length > 10, $"{field.Name} says nothing of itself: give it a comment in src/Contracts/Records.");
        if (field.Name is "time" or "start" or "end" or "watermark" || field.Name.EndsWith("Time", StringComparison.Ordinal)) Assert.Contains("Unix milliseconds", description);
    });

    private static IEnumerable<(string Name, JsonObject Schema)> Fields(JsonNode schema) => schema switch
    {
        JsonObject { } rules => (rules["properties"] is JsonObject fields ? fields.Select(f => (f.Key, f.Value!.AsObject())) : []).Concat(rules.Where(r => r.Value is not null).SelectMany(r => Fields(r.Value!))),
        JsonArray several => several.SelectMany(s => Fields(s!)),
        _ => [],
    };
}
