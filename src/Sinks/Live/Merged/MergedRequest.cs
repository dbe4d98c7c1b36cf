using Microsoft.AspNetCore.Http;
using Pipeline.Processing;

namespace Pipeline.Sinks;

/// <summary>The parameters of <c>/api/windows/merged</c>.</summary>
internal static class MergedRequest
{
    private const long Hour = 3_600_000;
    private static readonly string[] Names = ["window", "metric", "by", "from", "to"];

    /// <param name="now">Unix milliseconds; unless a request says otherwise, it is about the hour before.</param>
    public static (MergeQuery Query, ApiProblem? Problem) Read(IQueryCollection query, MetricCatalogue catalogue, long now)
    {
        var parameters = new Parameters(query);
        parameters.Allow(Names);
        var by = parameters.Text("by")?.Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct() ?? [];
        var to = parameters.Time("to") ?? long.MaxValue;
        var read = new MergeQuery(parameters.Text("window") ?? "", [.. by], parameters.Time("from") ?? Math.Min(now, to) - Hour, to) { Metric = parameters.Text("metric") };
        if (read.From > read.To) parameters.Refuse("'from' is later than 'to'.", "Exchange them.");
        if (catalogue.Window(read.Window) is not { } window)
            parameters.Refuse(read.Window.Length == 0 ? "No window is named." : $"There is no window '{read.Window}'.", Nearest.Remedy(read.Window, catalogue.Windows), StatusCodes.Status404NotFound);
        else if (read.ProblemsOf(window).FirstOrDefault() is { } problem) parameters.Refuse(problem.Problem, problem.Remedy);
        return (read, parameters.Problem);
    }
}
