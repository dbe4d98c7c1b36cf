using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Host.Schemas;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline schemas</c>: writes what subscribers need to know of the topics.</summary>
internal static class SchemasCommand
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Build()
    {
        var config = Arguments.Config();
        var folder = new Option<string>("--out") { Description = "The folder to write them into.", DefaultValueFactory = _ => "docs" };
        var command = new Command("schemas", "Write the JSON Schema of every record, and an AsyncAPI document of the topics of a configuration.") { config, folder };
        command.SetAction(parsed =>
        {
            var loaded = LoadedConfiguration.Load(parsed.GetValue(config));
            return loaded.Options is { } options ? TextFiles.Write(Of(options), parsed.GetValue(folder)!) : loaded.Report(Console.Error);
        });
        return command;
    }

    /// <summary>Each with the name of its file.</summary>
    public static IEnumerable<(string File, string Json)> Of(PipelineOptions options) =>
        RecordSchema.Kinds.Select(k => (File: $"schemas/{k.Name}.v{Contracts.RecordKind.Version}.json", Json: RecordSchema.Document(k)))
            .Append((File: "asyncapi.json", Json: AsyncApiDocument.Of(options.Log)))
            .Select(d => (d.File, d.Json.ToJsonString(Layout) + "\n"));
}
