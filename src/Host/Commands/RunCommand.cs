using System.CommandLine;
using Pipeline.Host.Run;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline up</c> and <c>pipeline run</c>.</summary>
internal static class RunCommand
{
    public static Command Build(string name, string description)
    {
        var (config, data, urls, duration) = (Arguments.Config(), Arguments.Data(), Arguments.Urls(), Arguments.For());
        var command = new Command(name, description) { config, data, urls, duration };
        command.SetAction((parsed, interrupted) =>
        {
            var loaded = LoadedConfiguration.Load(parsed.GetValue(config), parsed.GetValue(urls) ?? []);
            if (loaded.Options is null) return Task.FromResult(loaded.Report(Console.Error));
            var settings = new RunSettings(loaded.Options, parsed.GetValue(data)!, parsed.GetValue(duration), IsInteractive: name == "up");
            return PipelineProcess.RunAsync(settings, interrupted);
        });
        return command;
    }
}
