using System.CommandLine;
using Pipeline.Contracts;

namespace Pipeline.Host.Commands;

/// <summary>The options by which commands find the log.</summary>
internal sealed class LogArguments
{
    public Option<string> Data { get; } = Arguments.Data();
    public Option<string?> Config { get; } = Arguments.Config();
    public Option<string?> Kafka { get; } = Arguments.Kafka();

    /// <summary>Opens the log that the command line names.</summary>
    public Task<int> UseAsync(ParseResult parsed, Func<ILogView, Task<int>> use)
    {
        var loaded = Load(parsed);
        return loaded.Options is { } options ? ReadOnlyLog.UseAsync(options, parsed.GetValue(Data)!, use) : Task.FromResult(loaded.Report(Console.Error));
    }

    public LoadedConfiguration Load(ParseResult parsed) => LoadedConfiguration.Load(parsed.GetValue(Config), new Overrides(Kafka: parsed.GetValue(Kafka)));
}
