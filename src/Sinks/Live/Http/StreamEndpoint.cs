using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pipeline.Sinks;

/// <summary>What changes, as server-sent events.</summary>
public static class StreamEndpoint
{
    private static readonly ApiProblem Refused = new(
        StatusCodes.Status503ServiceUnavailable,
        "There are too many live streams, or the program is ending.",
        "Try again in some seconds, or raise live.maxClients.");

    public static void Map(IEndpointRouteBuilder routes, LiveStream stream) =>
        routes.MapGet("/api/stream", context => ServeAsync(context, stream));

    private static async Task ServeAsync(HttpContext context, LiveStream stream)
    {
        if (stream.Connect() is not { } client)
        {
            context.Response.Headers.RetryAfter = "5";
            await context.RefuseAsync(Refused);
            return;
        }
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, client.Dropped, context.Ending());
        try
        {
            context.Response.Begin("text/event-stream");
            context.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy that gathers would not be live
            await foreach (var frame in client.Frames.ReadAllAsync(ended.Token))
                await context.Response.BodyWriter.WriteAsync(frame, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            if (client.Dropped.IsCancellationRequested) context.Abort();
        }
        finally
        {
            stream.Leave(client);
        }
    }
}
