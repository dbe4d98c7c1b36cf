using Microsoft.AspNetCore.Http;

namespace Pipeline.Sinks;

/// <summary>The parameters of <c>/api/windows</c>.</summary>
internal static class WindowRequest
{
    private const string LabelPrefix = "label.";
    private static readonly string[] Names = ["name", "metric", "from", "to", "limit"];

    public static (WindowQuery Query, ApiProblem? Problem) Read(IQueryCollection query, ReadModel model, MetricCatalogue catalogue)
    {
        var parameters = new Parameters(query);
        parameters.Allow(Names, LabelPrefix);
        var read = new WindowQuery(
            parameters.Text("name"), parameters.Text("metric"),
            parameters.Time("from") ?? long.MinValue, parameters.Time("to") ?? long.MaxValue,
            (int)(parameters.Number("limit", 1, int.MaxValue) ?? int.MaxValue)) { Labels = parameters.WithPrefix(LabelPrefix) };
        if (read.From > read.To) parameters.Refuse("'from' is later than 'to'.", "Exchange them.");
        if (parameters.Problem is null) CheckNames(parameters, read, model, catalogue);
        return (read, parameters.Problem);
    }

    private static void CheckNames(Parameters parameters, WindowQuery query, ReadModel model, MetricCatalogue catalogue)
    {
        Check("window", query.Name, catalogue.Windows, s => s.Window);
        Check("metric", query.Metric, catalogue.Metrics, s => s.Metric);

        void Check(string what, string? asked, IReadOnlyCollection<string> configured, Func<LiveSeries, string> name)
        {
            if (asked is null || configured.Contains(asked)) return;
            var held = model.Series().Select(name).ToHashSet();
            if (!held.Contains(asked))
                parameters.Refuse($"There is no {what} '{asked}'.", Nearest.Remedy(asked, held.Concat(configured)), StatusCodes.Status404NotFound);
        }
    }
}
