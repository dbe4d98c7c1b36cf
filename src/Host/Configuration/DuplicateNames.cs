using System.Text.Json;

namespace Pipeline.Host.Configuration;

/// <summary>JSON lets a name stand twice in one object, and then one of the two values would be lost without a word.</summary>
internal static class DuplicateNames
{
    public static void Report(JsonElement json, string path, ProblemList problems)
    {
        if (json.ValueKind == JsonValueKind.Array)
            foreach (var (index, item) in json.EnumerateArray().Index()) Report(item, OptionPath.Item(path, index), problems);
        if (json.ValueKind != JsonValueKind.Object) return;

        foreach (var group in json.EnumerateObject().GroupBy(p => p.Name))
        {
            var inner = OptionPath.Property(path, group.Key);
            if (group.Count() > 1) problems.Add(inner, $"stands {group.Count()} times", "Keep one of them.");
            foreach (var property in group) Report(property.Value, inner, problems);
        }
    }
}
