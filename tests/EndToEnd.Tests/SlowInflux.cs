using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pipeline.EndToEnd.Tests;

/// <summary>Stands before an InfluxDB and lets every write wait for longer than there are ticks between.</summary>
internal sealed class SlowInflux : IAsyncDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1.2);

    private readonly HttpClient _influx;
    private readonly WebApplication _app;

    private SlowInflux(Uri influx)
    {
        _influx = new HttpClient { BaseAddress = influx };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/write", WriteAsync);
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<SlowInflux> StartAsync(Uri influx)
    {
        var slow = new SlowInflux(influx);
        await slow._app.StartAsync();
        return slow;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _influx.Dispose();
    }

    private async Task<IResult> WriteAsync(HttpRequest request)
    {
        await Task.Delay(Delay, TimeProvider.System);
        using var content = new StreamContent(request.Body);
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri("/write" + request.QueryString, UriKind.Relative)) { Content = content };
        message.Headers.TryAddWithoutValidation("Authorization", request.Headers.Authorization.ToString());
        using var answer = await _influx.SendAsync(message);
        return Results.StatusCode((int)answer.StatusCode);
    }
}
