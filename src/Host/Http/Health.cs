using Pipeline.Host.Run;

namespace Pipeline.Host.Http;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: every stage and the read model have caught up with the log once.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes, PipelineParts parts)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n"));
        routes.MapGet("/readyz", () => parts.Readiness.Missing() is { Count: > 0 } missing
            ? Results.Text($"not yet: {string.Join(", ", missing)}\n", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready\n"));
    }
}
