using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>Answers of this interface. What is live must not be kept by anybody on the way.</summary>
internal static class Responses
{
    private const int FlushBytes = 32 * 1024;

    public static void Begin(this HttpResponse response, string contentType, int status = StatusCodes.Status200OK)
    {
        response.StatusCode = status;
        response.ContentType = contentType;
        response.Headers.CacheControl = "no-store";
    }

    /// <summary>Cancelled when the program begins to end: what would go on for ever ends with it.</summary>
    public static CancellationToken Ending(this HttpContext context) =>
        context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;

    public static async Task WriteJsonAsync(this HttpContext context, Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        context.Response.Begin("application/json", status);
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, LiveJson.Options);
        write(json);
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>Writes as the client reads: no more than a few dozen kilobytes are held.</summary>
    public static async Task WriteJsonArrayAsync<T>(this HttpContext context, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        context.Response.Begin("application/json");
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, LiveJson.Options);
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending + context.Response.BodyWriter.UnflushedBytes < FlushBytes) continue;
            await json.FlushAsync(context.RequestAborted);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        json.WriteEndArray();
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>Refuses what the log does not answer at the moment.</summary>
    public static RequestDelegate WhereLogAnswers(RequestDelegate serve) => async context =>
    {
        try
        {
            await serve(context);
        }
        catch (LogUnavailableException e) when (!context.Response.HasStarted)
        {
            await context.RefuseAsync(new(StatusCodes.Status503ServiceUnavailable, e.Message, "Ask again in a second."));
        }
    };

    public static Task RefuseAsync(this HttpContext context, ApiProblem problem) => context.WriteJsonAsync(json =>
    {
        json.WriteStartObject();
        json.WriteString("error"u8, problem.Error);
        json.WriteString("remedy"u8, problem.Remedy);
        json.WriteEndObject();
    }, problem.Status);
}
