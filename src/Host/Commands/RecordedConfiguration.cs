using System.Text.Json.Nodes;
using Pipeline.Host.Configuration;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary>What a recording knows of the configuration that it was made under, as far as it decides results.</summary>
internal static class RecordedConfiguration
{
    private static readonly string[] Deciding = ["windows", "processing", "log"];

    /// <param name="path">The configuration file that was named; null where none was.</param>
    public static LoadedConfiguration Or(string? path, Recording recording) => path is null ? Load(recording) : LoadedConfiguration.Load(path);

    public static LoadedConfiguration Load(Recording recording)
    {
        var place = $"{recording.Path} (the configuration in it)";
        var all = recording.Header.Configuration ?? [];
        var deciding = new JsonObject(all.Where(p => Deciding.Contains(p.Key)).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        foreach (var elsewhere in (string[])["kafka", "prefix"]) (deciding["log"] as JsonObject)?.Remove(elsewhere);
        var json = deciding.ToJsonString();
        // Filled in from another machine's environment, it would be another configuration.
        return TextReferences.AreIn(json)
            ? new LoadedConfiguration(place, null, [new(place, OptionPath.Root, "refers to texts that are not in the recording", "Name a configuration with --config")])
            : LoadedConfiguration.Read(json, place);
    }
}
