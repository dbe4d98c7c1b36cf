using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

public sealed class StreamEndpointTests : IAsyncLifetime
{
    private readonly LiveServer _server = new(new LiveOptions { MaxClients = 50, MaxClientQueue = 3 });

    [Fact]
    public async Task Newcomer_gets_the_status_at_once_and_then_what_changed()
    {
        _server.Status.Snapshot = Some.Snapshot(observations: 40);
        using var reader = await OpenAsync();
        Assert.Equal("unknown", (await NextAsync(reader, "verdict")).GetProperty("verdict").GetString());
        Assert.Equal("node-1", (await NextAsync(reader, "pipeline")).GetProperty("node").GetString());

        _server.Model.Apply(Some.Result(host: "a"));
        _server.Model.Apply(Some.Result(host: "b"));
        Tick();
        var windows = await NextAsync(reader, "windows");
        Assert.Equal(["a", "b"], windows.EnumerateArray().Select(w => w.GetProperty("labels").GetProperty("host").GetString()));
        Assert.Equal("healthy", (await NextAsync(reader, "verdict")).GetProperty("verdict").GetString());
        Assert.Equal(61, (await NextAsync(reader, "pipeline")).GetProperty("uptimeSeconds").GetDouble());
    }

    [Fact]
    public async Task Rate_is_how_fast_the_observations_grow()
    {
        using var reader = await OpenAsync();
        await NextAsync(reader, "pipeline");
        _server.Status.Snapshot = Some.Snapshot(observations: 1000);
        Tick();
        Assert.Equal(1000, (await NextAsync(reader, "pipeline")).GetProperty("recordsPerSecond").GetDouble());
        Tick();
        Assert.Equal(0, (await NextAsync(reader, "pipeline")).GetProperty("recordsPerSecond").GetDouble());
    }

    [Fact]
    public async Task Slow_client_is_closed_and_counted_while_others_go_on()
    {
        using var quick = await OpenAsync();
        using var slow = new TcpClient { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(IPAddress.Loopback, _server.Address.Port);
        await slow.GetStream().WriteAsync("GET /api/stream HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        await Eventually.Holds("both are connected", () => _server.Stream.Clients == 2);

        for (var round = 0; _server.Stream.Dropped == 0; round++)
        {
            Assert.InRange(round, 0, 1000);
            for (var i = 0; i < 2000; i++) _server.Model.Apply(Some.Result(host: $"{i}", end: Some.Now + round));
            Tick();
            Assert.Equal(2000, (await NextAsync(quick, "windows")).GetArrayLength());
        }

        Assert.Equal(1, _server.Stream.Clients);
        await Eventually.Holds("the slow one's connection is closed", () => IsClosed(slow));
    }

    [Fact]
    public async Task Too_many_changes_to_keep_close_the_streams_so_that_the_clients_ask_again()
    {
        using var reader = await OpenAsync();
        await NextAsync(reader, "pipeline");
        for (var i = 0; i < 20_001; i++) _server.Model.Apply(Some.Result(end: Some.Now + i));
        Tick();
        await Assert.ThrowsAnyAsync<IOException>(() => NextAsync(reader, "windows"));
        Assert.Equal((0, 1), (_server.Stream.Clients, _server.Stream.Dropped));
    }

    [Fact]
    public async Task Clients_beyond_the_bound_are_refused_and_one_that_leaves_makes_room()
    {
        var readers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => OpenAsync()));
        using (var refused = await _server.Client.GetAsync(new Uri("/api/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        foreach (var reader in readers) reader.Dispose();
        await Eventually.Holds("all have left", () => _server.Stream.Clients == 0);
        using var again = await OpenAsync();
        await NextAsync(again, "verdict");
    }

    [Fact]
    public async Task Streams_end_with_the_program()
    {
        using var reader = await OpenAsync();
        await NextAsync(reader, "pipeline");
        await _server.StopAsync();
        Assert.Equal("", (await reader.ReadToEndAsync()).Trim());
        Assert.Equal(0, _server.Stream.Clients);
    }

    public Task InitializeAsync() => _server.InitializeAsync();
    public Task DisposeAsync() => _server.DisposeAsync();

    private void Tick() => _server.Time.Advance(TimeSpan.FromSeconds(1));

    private async Task<StreamReader> OpenAsync()
    {
        var response = await _server.Client.GetAsync(new Uri("/api/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType);
        return new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
    }

    /// <summary>The data of the next event of this name.</summary>
    private static async Task<JsonElement> NextAsync(StreamReader reader, string name)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (await reader.ReadLineAsync(bound.Token) is { } line)
        {
            if (line != $"event: {name}") continue;
            var data = (await reader.ReadLineAsync(bound.Token))!;
            using var json = JsonDocument.Parse(data["data: ".Length..]);
            return json.RootElement.Clone();
        }
        throw new IOException("The stream ended.");
    }

    private static bool IsClosed(TcpClient client)
    {
        try
        {
            var buffer = new byte[1 << 16];
            while (client.Available > 0) _ = client.Client.Receive(buffer);
            return client.Client.Poll(0, SelectMode.SelectRead) && client.Available == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
