using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Pipeline.Ingest.Tests.Probes;

/// <summary>Kestrel, speaking HTTP/2 only; it answers <c>two</c>.</summary>
public sealed class Http2Server : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Http2Server(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<Http2Server> Start(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("two", context.RequestAborted));
        await app.StartAsync();
        return new Http2Server(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
