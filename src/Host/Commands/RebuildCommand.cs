using System.CommandLine;
using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Host.Rebuilding;
using Pipeline.Sinks;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline rebuild</c>: computes the past of a window again and publishes where its results are not the same.</summary>
internal static class RebuildCommand
{
    private static readonly string[] AnyAddress = ["://0.0.0.0", "://*", "://+", "://[::]"];

    public static Command Build()
    {
        var log = new LogArguments();
        var window = new Option<string>("--window") { Description = "The window, by its name in the configuration.", Required = true };
        var from = new Option<string>("--from") { Description = "Ends after this: a time (RFC 3339) or so long ago, for example -6h. Without it, as far as the log reaches whole.", DefaultValueFactory = _ => "earliest" };
        var dry = new Option<bool>("--dry-run") { Description = "Compare, and publish nothing." };
        var url = new Option<string?>("--url") { Description = "The program that has the data folder open, instead of the first of http.urls." };
        var command = new Command("rebuild", "Compute the past of a window again from the log, and publish what is missing or differs.") { window, from, dry, log.Data, log.Config, log.Kafka, url };
        command.SetAction(async (parsed, interrupted) =>
        {
            await Task.Yield(); // the command line listens for signals as soon as it has the task
            var loaded = log.Load(parsed);
            if (loaded.Options is not { } options) return loaded.Report(Console.Error);
            if (!TryStart(parsed.GetValue(from)!, out var start)) return Fail($"--from takes a time such as 2026-01-01T00:00:00Z or a while such as -6h, not '{parsed.GetValue(from)}'.");
            if (!Uri.TryCreate(parsed.GetValue(url) ?? AddressOf(options), UriKind.Absolute, out var address)) return Fail($"--url takes an address such as http://127.0.0.1:8080, not '{parsed.GetValue(url)}'.");
            var order = new RebuildOrder(parsed.GetValue(window)!, start, parsed.GetValue(dry));
            return await RunAsync(new RebuildPlace(options, parsed.GetValue(log.Data)!, address), order, interrupted);
        });
        return command;
    }

    /// <param name="start">Unix milliseconds; null for the earliest.</param>
    public static bool TryStart(string text, out long? start)
    {
        start = MomentArgument.TimeOf(text, TimeProvider.System);
        return start is not null || RecordStart.Parse(text) == RecordStart.Earliest;
    }

    private static async Task<int> RunAsync(RebuildPlace place, RebuildOrder order, CancellationToken interrupted)
    {
        var (line, last) = (new ProgressLine(TimeProvider.System), default(RebuildProgress));
        var answer = await place.RunAsync(order, Show, interrupted);
        if (last is not null) line.End(Text(last));
        if (answer.Summary is not { } summary) return Fail(answer.Problem!);
        if (summary.Nothing is { } nothing) return Fail(nothing);
        RebuildReport.Write(Console.Out, order, summary, answer.Longer ?? []);
        return 0;

        void Show(RebuildProgress progress)
        {
            last = progress;
            line.Show(() => Text(progress));
        }
    }

    private static string AddressOf(PipelineOptions options) =>
        AnyAddress.Aggregate(options.Http.Urls[0], (url, any) => url.Replace(any, "://127.0.0.1", StringComparison.Ordinal));

    private static string Text(RebuildProgress progress) => string.Create(CultureInfo.InvariantCulture,
        $"{ProgressLine.Bar(progress.Share)}  {UnixTime.ToRfc3339(progress.At)}  {progress.Records:N0} records");

    private static int Fail(string problem)
    {
        Console.Error.WriteLine(problem);
        return ExitCodes.Failed;
    }
}
