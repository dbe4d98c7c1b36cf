using System.CommandLine;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Sinks;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline topics merge</c>: what the results of a window say together, over places and times.</summary>
internal sealed class MergeCommand
{
    /// <summary>Some 500 bytes each.</summary>
    private const int MostResults = 1_000_000;

    private readonly LogArguments _log = new();
    private readonly Option<string> _window = new("--window") { Description = "The name of the window.", Required = true };
    private readonly Option<string?> _metric = new("--metric") { Description = "One metric only, where the window is over several." };
    private readonly Option<string[]> _by = new("--by") { Description = "The labels to keep apart, with commas between them; unless given, all places are merged.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _from = MomentArgument.Of("--from", "-1h", "Ends of windows from here on");
    private readonly Option<string> _to = MomentArgument.Of("--to", "latest", "Ends of windows up to here");
    private readonly Option<bool> _json = new("--json") { Description = "Print results as in the topic, one a line, which can be merged again." };

    public static Command Build()
    {
        var own = new MergeCommand();
        var command = new Command("merge", "Merge the results of a window over places and times: a row for each group, with quantiles of all its samples.")
        {
            own._window, own._metric, own._by, own._from, own._to, own._json, own._log.Data, own._log.Config, own._log.Kafka,
        };
        command.SetAction(own.RunAsync);
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken interrupted)
    {
        var loaded = _log.Load(parsed);
        if (loaded.Options is not { } options) return Task.FromResult(loaded.Report(Console.Error));
        return ReadOnlyLog.UseAsync(options, parsed.GetValue(_log.Data)!, async view =>
        {
            var merge = new ResultMerge(Query(parsed), MostResults);
            Check(merge.Query, options.Windows);
            if (!await MergedRead.IntoAsync(merge, view, new Topics(options.Log.Prefix).Windows, interrupted))
                throw new FormatException($"There are more than {MostResults:N0} results. Choose a shorter time with --from and --to, or one --metric.");
            return await WriteAsync(merge.Merge(), parsed.GetValue(_json));
        });
    }

    private MergeQuery Query(ParseResult parsed)
    {
        var by = (parsed.GetValue(_by) ?? []).SelectMany(b => b.Split(',', StringSplitOptions.RemoveEmptyEntries)).Distinct();
        return new(parsed.GetValue(_window)!, [.. by], parsed.Moment(_from, TimeProvider.System), parsed.Moment(_to, TimeProvider.System)) { Metric = parsed.GetValue(_metric) };
    }

    /// <summary>Of a window that is not configured any more, the log may still have results.</summary>
    private static void Check(MergeQuery query, IReadOnlyList<WindowOptions> windows)
    {
        if (query.From > query.To) throw new FormatException("--from is later than --to. Exchange them.");
        if (windows.FirstOrDefault(w => w.Name == query.Window) is not { } window) return;
        if (query.ProblemsOf(window).FirstOrDefault() is { } problem) throw new FormatException($"{problem.Problem} {problem.Remedy}");
    }

    private static async Task<int> WriteAsync(MergedResults merged, bool asJson)
    {
        if (asJson) MergeReport.WriteJson(merged, Console.Out);
        else MergeReport.Write(merged, Console.Out);
        foreach (var line in MergeReport.LeftOut(merged)) await Console.Error.WriteLineAsync(line);
        return merged.Groups.Count > 0 ? 0 : ExitCodes.Failed;
    }
}
