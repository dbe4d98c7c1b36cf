using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>The log itself over HTTP: how other services subscribe while it is the embedded one.</summary>
public static class TopicEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, ILog log)
    {
        routes.MapGet("/api/topics", Responses.WhereLogAnswers(context => TopicsAsync(context, log)));
        routes.MapGet("/api/topics/{topic}/records", Responses.WhereLogAnswers(context => RecordsAsync(context, log)));
    }

    private static async Task TopicsAsync(HttpContext context, ILog log)
    {
        var topics = await log.DescribeAsync(context.RequestAborted);
        await context.WriteJsonAsync(json => PipelineJson.WriteTopics(json, topics));
    }

    private static async Task RecordsAsync(HttpContext context, ILog log)
    {
        var topics = await log.DescribeAsync(context.RequestAborted);
        var (query, problem) = RecordRequest.Read(context.Request.Query, (string)context.Request.RouteValues["topic"]!, topics);
        if (problem is not null)
        {
            await context.RefuseAsync(problem);
            return;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, context.Ending());
        context.Response.Begin("application/x-ndjson");
        await context.Response.StartAsync(stop.Token); // a follower of an empty topic learns at once that it is subscribed
        await RecordFeed.WriteAsync(log, query!, context.Response.BodyWriter, stop.Token);
    }
}
