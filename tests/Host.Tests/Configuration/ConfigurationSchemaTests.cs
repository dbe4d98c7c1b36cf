using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Host.Configuration;
using Pipeline.Testing;

namespace Pipeline.Host.Tests.Configuration;

public class ConfigurationSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(ConfigurationSchema.For<SampleOptions>())!;

    [Fact]
    public void Reader_and_schema_take_the_same_documents() => Assert.All(Documents.Good, document =>
    {
        Assert.Empty(ConfigurationReader.Read<SampleOptions>(document, "f").Problems);
        Assert.True(SchemaCheck.Accepts(Schema, JsonNode.Parse(document)));
    });

    [Fact]
    public void Reader_and_schema_refuse_the_same_documents() => Assert.All(Documents.Bad, document =>
    {
        Assert.NotEmpty(ConfigurationReader.Read<SampleOptions>(document, "f").Problems);
        Assert.False(SchemaCheck.Accepts(Schema, JsonNode.Parse(document)), "the schema takes it");
    });

    [Fact]
    public void The_text_is_the_same_every_time() =>
        Assert.Equal(ConfigurationSchema.For<SampleOptions>(), ConfigurationSchema.For<SampleOptions>());

    [Fact]
    public void A_property_carries_description_default_and_bounds()
    {
        var parallel = JsonSerializer.Serialize(Schema["properties"]!["parallel"]);
        var retention = JsonSerializer.Serialize(Schema["properties"]!["retention"]!["default"]);

        Assert.Equal("""{"description":"How many probes run at once.","type":"integer","minimum":1,"maximum":64,"default":4}""", parallel);
        Assert.Equal("\"7d\"", retention);
    }
}
