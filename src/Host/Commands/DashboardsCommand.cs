using System.CommandLine;
using Pipeline.Sinks.Grafana;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline dashboards</c>: writes Grafana's dashboards of a configuration.</summary>
internal static class DashboardsCommand
{
    /// <summary>Where the page is if nobody said otherwise.</summary>
    private const string Page = "http://localhost:8080";

    public static Command Build()
    {
        var config = Arguments.Config();
        var folder = new Option<string>("--out") { Description = "The folder to write them into.", DefaultValueFactory = _ => "grafana/dashboards" };
        var page = new Option<string>("--page") { Description = "The address of the page, as a browser reaches it.", DefaultValueFactory = _ => Page };
        var command = new Command("dashboards", "Write Grafana's dashboards for the windows of a configuration.") { config, folder, page };
        command.SetAction(parsed =>
        {
            var loaded = LoadedConfiguration.Load(parsed.GetValue(config));
            return loaded.Options is { } options ? TextFiles.Write(Of(options, parsed.GetValue(page)!), parsed.GetValue(folder)!) : loaded.Report(Console.Error);
        });
        return command;
    }

    /// <summary>Each with the name of its file.</summary>
    public static IEnumerable<(string File, string Json)> Of(PipelineOptions options, string page = Page) =>
        Dashboards.Of(BuiltInMetrics.All, options.Windows, options.Verdict).Select(d => (d.Uid + ".json", DashboardJson.Write(d, page)));
}
