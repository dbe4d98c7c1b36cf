using System.CommandLine;
using Pipeline.Host.Retune;
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
            var (file, overrides) = (parsed.GetValue(config) ?? LoadedConfiguration.DefaultFile, new Overrides(parsed.GetValue(urls) ?? [], parsed.GetValue(kafka)));
            var watched = new WatchedConfiguration(file, new WatchedFile(file, TimeProvider.System), () => LoadedConfiguration.Load(file, overrides));
            var loaded = watched.Load();
            if (loaded.Options is not { } options) return Task.FromResult(loaded.Report(Console.Error));
            var settings = new RunSettings(options, parsed.GetValue(data)!, parsed.GetValue(duration), IsInteractive: name == "up", parsed.GetValue(roles)) { Watched = watched };
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
