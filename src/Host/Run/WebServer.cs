using Microsoft.Extensions.FileProviders;
using Pipeline.Host.Http;
using Pipeline.Ingest.Push;
using Pipeline.Sinks;

namespace Pipeline.Host.Run;

/// <summary>The page, the interface, and the way in for pushes.</summary>
internal sealed class WebServer(WebApplication app) : IAsyncDisposable
{
    public IEnumerable<string> Urls => app.Urls;

    public static WebServer Build(PipelineParts parts, RunSettings settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. settings.Options.Http.Urls]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        ConsoleLog.Configure(builder.Logging, settings.IsInteractive);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // the receiver of pushes has its own bound, after decompression
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.Use(BrowserSafety.Apply);
        if (parts.Ingest is { } ingest) app.MapPush(ingest.Push);
        if (parts.Live is not null)
        {
            UsePage(app);
            StreamEndpoint.Map(app, parts.Stream);
        }
        parts.Rebuild?.Map(app);
        parts.Interface.Map(app);
        parts.Merged.Map(app);
        parts.Exposition.Map(app);
        TopicEndpoints.Map(app, parts.Log.Log);
        Health.Map(app, parts);
        return new WebServer(app);
    }

    public Task StartAsync(CancellationToken abort) => app.StartAsync(abort);
    public Task StopAsync(CancellationToken abort) => app.StopAsync(abort);
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static void UsePage(WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(folder)) return; // built without npm: the interface is there, the page is not
        var files = new PhysicalFileProvider(folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
    }
}
