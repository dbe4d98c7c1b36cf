using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Pipeline.Host.Configuration;

/// <summary>
/// A sound configuration as others may see it: what was written, without the options that are marked as secret. Texts that are not in the file
/// itself stay references.
/// </summary>
internal static class PublicConfiguration
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static JsonObject Of<T>(ReadOnlySpan<byte> utf8)
    {
        var root = JsonNode.Parse(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8, documentOptions: Lenient)!.AsObject();
        root.Remove("$schema");
        Clean(root, OptionContract.For(typeof(T)));
        return root;
    }

    private static void Clean(JsonNode? node, JsonTypeInfo type)
    {
        if (node is JsonObject record && type.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var property in OptionProperty.Of(type))
                if (property.IsSecret) record.Remove(property.Name);
                else Clean(record[property.Name], property.Type);
        }
        else if (node is JsonObject or JsonArray && type.ElementType is { } element)
        {
            foreach (var item in node is JsonArray list ? list : node.AsObject().Select(p => p.Value)) Clean(item, OptionContract.For(element));
        }
    }
}
