using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Pipeline.Ingest.Push;

/// <summary>
/// <c>POST /write</c>, <c>POST /api/v2/write</c>, <c>POST /api/observations</c> and <c>/ping</c>. Database, bucket, organisation and
/// credentials are accepted and ignored.
/// </summary>
public static class PushEndpoints
{
    private static readonly string[] PingMethods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPush(this IEndpointRouteBuilder routes, PushReceiver receiver)
    {
        Map(routes, receiver, "/write", PushDialect.InfluxV1);
        Map(routes, receiver, "/api/v2/write", PushDialect.InfluxV2);
        Map(routes, receiver, "/api/observations", PushDialect.Observations);
        routes.MapMethods("/ping", PingMethods, Pong);
    }

    /// <summary>The limit on the body as sent stops a gzip of endless empty members, which never grows.</summary>
    private static void Map(IEndpointRouteBuilder routes, PushReceiver receiver, string path, PushDialect dialect) =>
        routes.MapPost(path, (HttpContext context) => AnswerAsync(context, receiver, dialect))
            .WithMetadata(new RequestSizeLimitAttribute(receiver.Options.MaxBodyBytes));

    private static async Task AnswerAsync(HttpContext context, PushReceiver receiver, PushDialect dialect)
    {
        var word = dialect == PushDialect.Observations ? "ms" : context.Request.Query["precision"].ToString();
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        var outcome = Precision.Parse(word, dialect, out var precision) is { } wrong
            ? new PushOutcome(400, wrong)
            : await receiver.ReceiveAsync(new PushRequest(dialect, precision, encoding), context.Request.Body, context.RequestAborted);
        await PushAnswer.WriteAsync(context.Response, dialect, outcome);
    }

    /// <summary>Clients ask this before they write; from 1.8 on InfluxDB has both interfaces.</summary>
    private static Task Pong(HttpContext context)
    {
        context.Response.StatusCode = 204;
        context.Response.Headers["X-Influxdb-Version"] = "1.8.0-pipeline";
        return Task.CompletedTask;
    }
}
