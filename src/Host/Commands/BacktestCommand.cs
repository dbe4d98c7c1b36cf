using System.CommandLine;
using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline backtest</c>: what changed windows would have said of what was recorded.</summary>
internal static class BacktestCommand
{
    public static Command Build()
    {
        var file = ReplayCommand.RecordingArgument();
        var old = new Option<string?>("--config") { Description = "The configuration as it was. Without it, what the recording was made under." };
        var against = new Option<string>("--against") { Description = "The configuration to compare with it.", Required = true };
        var json = new Option<string?>("--json") { Description = "A file to write the comparison into as well." };
        var command = new Command("backtest", "Replay a recording under two configurations and show where their windows differ.") { file, old, against, json };
        command.SetAction((parsed, interrupted) => OpenRecording.UseAsync(parsed.GetValue(file)!, async recording =>
        {
            var before = RecordedConfiguration.Or(parsed.GetValue(old), recording);
            var after = LoadedConfiguration.Load(parsed.GetValue(against));
            if (before.Options is null) return before.Report(Console.Error);
            if (after.Options is null) return after.Report(Console.Error);
            if (await CompareAsync(recording, ChangedWindows.Between(before.Options, after.Options), interrupted) is not { } report) return ExitCodes.Failed;
            report.Write(Console.Out);
            if (parsed.GetValue(json) is { } into) await File.WriteAllTextAsync(into, report.ToJson(), CancellationToken.None);
            return 0;
        }));
        return command;
    }

    /// <summary>Null where it was interrupted.</summary>
    public static async Task<BacktestReport?> CompareAsync(Recording recording, ChangedWindows changed, CancellationToken stop)
    {
        var backtest = new Backtest(new Topics(recording.Header.Prefix).Windows, changed.Unchanged);
        var (old, @new) = (new ReplaySide(changed.Old, backtest.Side(isNew: false)), new ReplaySide(changed.New, backtest.Side(isNew: true)));
        using var run = new ReplayRun(recording, old, @new);
        var differ = changed.Old.Windows.Count + changed.New.Windows.Count > 0;
        if (differ && !await run.RunAsync(ReplayPace.Max, stop)) return null;
        backtest.Finish();
        return new BacktestReport(changed.Unchanged, changed.Removed, changed.Added, backtest.Windows, LateSamples.Of(old.Ledger, @new.Ledger));
    }
}
