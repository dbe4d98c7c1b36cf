using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pipeline.Sinks;

/// <summary>The read model, the verdict and the ledger over HTTP.</summary>
public sealed class LiveEndpoints(ReadModel model, LiveVerdict verdict, IPipelineStatus status, MetricCatalogue catalogue)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/verdict", VerdictAsync);
        routes.MapGet("/api/metrics", MetricsAsync);
        routes.MapGet("/api/windows", WindowsAsync);
        routes.MapGet("/api/ledger", LedgerAsync);
    }

    private async Task VerdictAsync(HttpContext context)
    {
        context.Response.Begin("application/json");
        await context.Response.BodyWriter.WriteAsync(verdict.ReadJson(), context.RequestAborted);
    }

    private Task MetricsAsync(HttpContext context) => context.WriteJsonArrayAsync(
        model.Series().GroupBy(s => s.Metric).OrderBy(g => g.Key, StringComparer.Ordinal),
        (json, metric) => MetricJson.Write(json, metric.Key, catalogue[metric.Key], [.. metric]));

    private Task WindowsAsync(HttpContext context)
    {
        var (query, problem) = WindowRequest.Read(context.Request.Query, model, catalogue);
        return problem is null ? context.WriteJsonArrayAsync(model.Find(query), WindowJson.Write) : context.RefuseAsync(problem);
    }

    private Task LedgerAsync(HttpContext context) => context.WriteJsonAsync(json => PipelineJson.WriteLedger(json, status.Read().Ledger));
}
