using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pipeline.Sinks;

/// <summary>The read model and the program itself, as Prometheus scrapes them.</summary>
public sealed class PrometheusEndpoint(ReadModel model, LiveStream stream, IPipelineStatus status, MetricCatalogue catalogue)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private long _leftOut;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", ServeAsync);

    private async Task ServeAsync(HttpContext context)
    {
        context.Response.Begin(ContentType);
        var writer = new ExpositionWriter(context.Response.BodyWriter);
        writer.Begin("pipeline_exposition_left_out_total", "counter", "Samples left out of scrapes since the format cannot tell their names from others.");
        writer.Add(Volatile.Read(ref _leftOut));
        new PipelineExposition(writer).Write(status.Read(), model.Stats, stream.Dropped);
        await new SeriesExposition(writer, catalogue).WriteAsync(model.Newest(), context.RequestAborted);
        Interlocked.Add(ref _leftOut, writer.LeftOut);
        await writer.FlushAsync(context.RequestAborted, always: true);
    }
}
