using System.CommandLine;
using Pipeline.Contracts;
using Pipeline.Host.Configuration;
using Pipeline.Transport.Kafka;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline check</c>: everything that is wrong with a configuration, at once.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var (config, kafka) = (Arguments.Config(), Arguments.Kafka());
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schema of the configuration instead." };
        var metrics = new Option<bool>("--metrics") { Description = "Print the metrics of the built-in sources instead." };
        var command = new Command("check", "Check a configuration and report every problem in it.") { config, kafka, schema, metrics };
        command.SetAction((parsed, _) =>
            parsed.GetValue(schema) ? Task.FromResult(PrintSchema())
            : parsed.GetValue(metrics) ? Task.FromResult(PrintMetrics())
            : CheckAsync(LoadedConfiguration.Load(parsed.GetValue(config), new Overrides(Kafka: parsed.GetValue(kafka)))));
        return command;
    }

    private static async Task<int> CheckAsync(LoadedConfiguration loaded)
    {
        if (loaded.Options is not { } options) return loaded.Report(Console.Error);
        Console.WriteLine($"{loaded.File}: sound. {options.Windows.Count} windows, {options.Probes.Targets.Count} probe targets, {options.Log.Partitions} partitions.");
        return options.Log.Kafka is { } kafka ? await CompareAsync(options, kafka) : 0;
    }

    /// <summary>The topics that exist against those that the configuration wants.</summary>
    private static async Task<int> CompareAsync(PipelineOptions options, KafkaOptions kafka)
    {
        try
        {
            await using var log = ReadOnlyLog.Kafka(options, kafka);
            var differences = await log.DifferencesAsync();
            foreach (var difference in differences) Console.WriteLine($"topic {difference}");
            return differences.Count == 0 ? 0 : ExitCodes.Failed;
        }
        catch (LogUnavailableException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
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
