using System.CommandLine;
using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline replay</c>: runs a recording through the windows of a configuration. Nothing leaves the process but the files it was asked for.</summary>
internal static class ReplayCommand
{
    public static Command Build()
    {
        var file = RecordingArgument();
        var (config, speed) = (new Option<string?>("--config") { Description = "The configuration file. Without it, what the recording was made under." }, Speed());
        var folder = new Option<string?>("--out") { Description = "A folder for what the windows publish: a file for each topic and partition. It must be empty." };
        var command = new Command("replay", "Run a recording through the windows again: the same bytes, at any speed.") { file, speed, config, folder };
        command.SetAction((parsed, interrupted) => OpenRecording.UseAsync(parsed.GetValue(file)!, async recording =>
        {
            var loaded = RecordedConfiguration.Or(parsed.GetValue(config), recording);
            if (loaded.Options is not { } options) return loaded.Report(Console.Error);
            using var files = parsed.GetValue(folder) is { } into ? ReplayFiles.In(into) : null;
            var counts = new ReplayCounts(new Topics(recording.Header.Prefix).Windows, files);
            var side = new ReplaySide(options, counts);
            using var run = new ReplayRun(recording, side);
            var isWhole = await run.RunAsync(new ReplayPace(parsed.GetValue(speed), TimeProvider.System), interrupted);
            ReplayReport.Write(Console.Out, recording, counts, side.Ledger.Read());
            return isWhole ? 0 : ExitCodes.Failed;
        }));
        return command;
    }

    public static Argument<string> RecordingArgument() => new("file") { Description = "The recording." };

    private static Option<double?> Speed() => new("--speed")
    {
        Description = "So many times as fast as it was recorded, for example 10x; or max, which is the default.",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (text == "max") return null;
            if (double.TryParse(text.TrimEnd('x'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var times) && times > 0) return times;
            result.AddError($"--speed takes a number such as 10x or 0.5x, or max, not '{text}'.");
            return null;
        },
    };
}
