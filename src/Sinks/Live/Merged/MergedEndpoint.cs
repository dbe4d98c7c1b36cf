using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks;

/// <summary>Results of a window merged over places and times, over HTTP. Read from the log, since the read model keeps no sketches.</summary>
/// <param name="topic">Of the results.</param>
public sealed class MergedEndpoint(ILogView log, string topic, MetricCatalogue catalogue, TimeProvider time)
{
    /// <summary>Some 500 bytes each, for each request that is being answered.</summary>
    private const int MostResults = 100_000;

    /// <summary>Requests that are answered at once; more are refused.</summary>
    private const int MostRequests = 4;

    private int _requests;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/windows/merged", Responses.WhereLogAnswers(ServeAsync));

    private async Task ServeAsync(HttpContext context)
    {
        var (query, problem) = MergedRequest.Read(context.Request.Query, catalogue, time.UnixMilliseconds());
        if (problem is not null)
        {
            await context.RefuseAsync(problem);
            return;
        }
        try
        {
            if (Interlocked.Increment(ref _requests) <= MostRequests) await MergeAsync(context, query);
            else await context.RefuseAsync(new(StatusCodes.Status503ServiceUnavailable, $"{MostRequests} merges are under way.", "Ask again in a second."));
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
        }
    }

    private async Task MergeAsync(HttpContext context, MergeQuery query)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, context.Ending());
        var merge = new ResultMerge(query, MostResults);
        if (await MergedRead.IntoAsync(merge, log, topic, abort.Token))
            await context.WriteJsonAsync(json => MergedJson.Write(json, merge.Merge()));
        else
            await context.RefuseAsync(new(StatusCodes.Status400BadRequest, $"There are more than {MostResults} results.", "Choose a later 'from', or one 'metric'; 'pipeline topics merge' takes ten times as many."));
    }
}
