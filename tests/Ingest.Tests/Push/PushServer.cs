using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Pipeline.Contracts;
using Pipeline.Ingest.Push;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Push;

/// <summary>The push interface on a free port, over a writer that collects.</summary>
internal sealed class PushServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _ended;

    private PushServer(PushOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(async (_, next) =>
        {
            try { await next(); }
            finally { Interlocked.Increment(ref _ended); }
        });
        _app.MapPush(new PushReceiver(Writer, Some.Target, options, Time, Account));
    }

    public CollectingWriter Writer { get; } = new();
    public LedgerAccount Account { get; } = new("push");
    public TestTimeProvider Time { get; } = new();
    public HttpClient Client { get; } = new();

    /// <summary>Requests that are over, however they ended.</summary>
    public int Ended => Volatile.Read(ref _ended);

    public static async Task<PushServer> StartAsync(PushOptions? options = null)
    {
        var server = new PushServer(options ?? new PushOptions());
        await server._app.StartAsync();
        server.Client.BaseAddress = new Uri(server._app.Urls.Single());
        return server;
    }

    public async Task<(HttpStatusCode Status, string Text)> PostAsync(string path, byte[] body, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        using var answer = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<(HttpStatusCode Status, string Text)> PostAsync(string path, string body) => PostAsync(path, Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
