using System.CommandLine;
using Pipeline.Host.Run;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline up</c> and <c>pipeline run</c>.</summary>
internal static class RunCommand
{
    public static Command Build(string name, string description)
    {
        var (config, data, urls, duration) = (Arguments.Config(), Arguments.Data(), Arguments.Urls(), Arguments.For());
        var (kafka, roles) = (Arguments.Kafka(), Arguments.Roles());
        var command = new Command(name, description) { config, data, urls, duration, kafka, roles };
        command.SetAction((parsed, interrupted) =>
        {
            var loaded = LoadedConfiguration.Load(parsed.GetValue(config), new Overrides(parsed.GetValue(urls) ?? [], parsed.GetValue(kafka)));
            if (loaded.Options is not { } options) return Task.FromResult(loaded.Report(Console.Error));
            var settings = new RunSettings(options, parsed.GetValue(data)!, parsed.GetValue(duration), IsInteractive: name == "up", parsed.GetValue(roles));
            if (options.Log.Kafka is null && settings.Roles != Roles.All)
            {
                Console.Error.WriteLine("--roles: without Kafka one process does everything. Name a cluster with --kafka host:port, or leave --roles out.");
                return Task.FromResult(ExitCodes.BadConfiguration);
            }
            return PipelineProcess.RunAsync(settings, interrupted);
        });
        return command;
    }
}
