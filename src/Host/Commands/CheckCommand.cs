using System.CommandLine;
using Pipeline.Host.Configuration;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline check</c>: everything that is wrong with a configuration, at once.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var config = Arguments.Config();
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schema of the configuration instead." };
        var metrics = new Option<bool>("--metrics") { Description = "Print the metrics of the built-in sources instead." };
        var command = new Command("check", "Check a configuration and report every problem in it.") { config, schema, metrics };
        command.SetAction(parsed =>
            parsed.GetValue(schema) ? PrintSchema()
            : parsed.GetValue(metrics) ? PrintMetrics()
            : Check(parsed.GetValue(config)));
        return command;
    }

    private static int Check(string? path)
    {
        var loaded = LoadedConfiguration.Load(path);
        if (loaded.Options is not { } options) return loaded.Report(Console.Error);
        Console.WriteLine($"{loaded.File}: sound. {options.Windows.Count} windows, {options.Probes.Targets.Count} probe targets, {options.Log.Partitions} partitions.");
        return 0;
    }

    private static int PrintSchema()
    {
        Console.Write(ConfigurationSchema.For<PipelineOptions>());
        return 0;
    }

    private static int PrintMetrics()
    {
        foreach (var metric in BuiltInMetrics.All)
            Console.WriteLine($"{metric.Name,-55} {metric.Unit,-8} {{{string.Join(",", metric.Labels)}}}  {metric.Description}");
        return 0;
    }
}
