using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Pipeline.Contracts;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Host.Rebuilding;

/// <summary>
/// <c>POST /api/rebuild</c>: how the command reaches a log that only this program may write. Answers with a line of JSON while it goes on, and one
/// at its end; one at a time.
/// </summary>
/// <param name="options">As they are in force.</param>
internal sealed class RebuildEndpoint(ILog log, Func<PipelineOptions> options)
{
    private const long MaxBody = 64 << 10;
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(200);

    private int _running;

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/rebuild", AnswerAsync).WithMetadata(new RequestSizeLimitAttribute(MaxBody));

    private async Task AnswerAsync(HttpContext context)
    {
        var rebuilds = new Rebuilds(log, options());
        var order = await OrderAsync(context);
        if (order is null) await RefuseAsync(context, StatusCodes.Status400BadRequest, "The body is no rebuild. Send {\"window\":\"NAME\",\"from\":MILLISECONDS or null,\"dryRun\":false}.");
        else if (rebuilds.ProblemOf(order.Window) is { } problem) await RefuseAsync(context, StatusCodes.Status400BadRequest, problem);
        else if (Interlocked.Exchange(ref _running, 1) == 1) await RefuseAsync(context, StatusCodes.Status409Conflict, "This program is rebuilding a window already. Wait for that one, or interrupt it.");
        else
        {
            try
            {
                await TellAsync(context, rebuilds, order);
            }
            finally
            {
                Volatile.Write(ref _running, 0);
            }
        }
    }

    /// <summary>Who asked goes away: then it ends, as it does with the program.</summary>
    private static async Task TellAsync(HttpContext context, Rebuilds rebuilds, RebuildOrder order)
    {
        var ending = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
        RebuildProgress? progress = null;
        var run = Task.Run(() => rebuilds.RunAsync(order, p => Volatile.Write(ref progress, p), abort.Token), CancellationToken.None);
        context.Response.ContentType = "application/x-ndjson";
        while (await Task.WhenAny(run, Task.Delay(TellEvery, TimeProvider.System)) != run)
            if (Volatile.Read(ref progress) is { } now && !abort.IsCancellationRequested) await context.Response.BodyWriter.WriteAsync(new RebuildAnswer(now).ToLine());
        var answer = await run;
        if (!context.RequestAborted.IsCancellationRequested) await context.Response.BodyWriter.WriteAsync(answer.ToLine());
    }

    private static async Task<RebuildOrder?> OrderAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<RebuildOrder>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted) is { Window: not null } order ? order : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task RefuseAsync(HttpContext context, int status, string problem)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/x-ndjson";
        await context.Response.BodyWriter.WriteAsync(new RebuildAnswer(Problem: problem).ToLine());
    }
}
