using System.CommandLine;

namespace Pipeline.Host.Commands;

/// <summary>The commands of the program.</summary>
internal static class CommandLine
{
    public static RootCommand Build() => new("Real-time observability for decentralised infrastructure.")
    {
        RunCommand.Build("up", "Run everything in this process, with the page."),
        RunCommand.Build("run", "The same for a service manager: one line of log a record, nothing else."),
        CheckCommand.Build(),
        TopicsCommand.Build(),
        RecordCommand.Build(),
        ReplayCommand.Build(),
        BacktestCommand.Build(),
        RebuildCommand.Build(),
        HealthCommand.Build(),
        DashboardsCommand.Build(),
        SchemasCommand.Build(),
        DoctorCommand.Build(),
    };
}
