using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests.Compose;

public sealed class ComposeConfigurationTests
{
    [Fact]
    public void Windows_are_those_that_the_dashboards_show()
    {
        Assert.True(JsonNode.DeepEquals(Read("pipeline.json")["windows"], Read("compose.json")["windows"]), "Make the windows of config/compose.json those of config/pipeline.json.");
        Assert.True(JsonNode.DeepEquals(Read("pipeline.json")["self"], Read("compose.json")["self"]), "Make self of config/compose.json that of config/pipeline.json.");
    }

    private static JsonNode Read(string file) =>
        JsonNode.Parse(Repository.Read(Path.Combine("config", file)), null, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
}
