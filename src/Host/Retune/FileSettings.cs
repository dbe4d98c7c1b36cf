using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Host.Retune;

/// <summary>What is written in a configuration file beside its windows, to see what was changed.</summary>
internal static class FileSettings
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>By name; null where the file cannot be read.</summary>
    public static JsonObject? Read(string file)
    {
        try
        {
            var all = JsonNode.Parse(File.ReadAllBytes(file), documentOptions: Lenient) as JsonObject;
            foreach (var name in (string[])["windows", "$schema"]) all?.Remove(name);
            return all;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null; // the checker says what is wrong with it
        }
    }

    /// <summary>The names under which two files differ.</summary>
    public static IReadOnlyList<string> Differing(JsonObject before, JsonObject now) =>
    [
        .. before.Select(p => p.Key).Union(now.Select(p => p.Key)).Where(name => !JsonNode.DeepEquals(before[name], now[name])).Order(StringComparer.Ordinal),
    ];
}
