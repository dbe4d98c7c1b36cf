using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pipeline.Testing;

/// <summary>A real InfluxDB 1 of our own, on free ports, in a folder that goes with it.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipeline-influx-");
    private readonly HttpClient _client = new() { BaseAddress = FreeAddress() };
    private readonly ConcurrentQueue<string> _said = new();
    private readonly string _config;
    private Process? _process;

    private InfluxServer(bool asksWho = false)
    {
        _config = Path.Combine(_folder.FullName, "influx.conf");
        File.WriteAllText(_config, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{Ports.Free()}"
            [meta]
              dir = "{_folder.FullName}/meta"
            [data]
              dir = "{_folder.FullName}/data"
              wal-dir = "{_folder.FullName}/wal"
            [http]
              log-enabled = false
              auth-enabled = {(asksWho ? "true" : "false")}
            [monitor]
              store-enabled = false
            [logging]
              level = "error"
            """);
    }

    public Uri Address => _client.BaseAddress!;

    public static async Task<InfluxServer> StartAsync(params string[] databases)
    {
        var server = new InfluxServer();
        await server.StartAsync(server.Address);
        await server.CreateAsync(databases);
        return server;
    }

    /// <summary>One that answers this user alone.</summary>
    public static async Task<InfluxServer> StartForAsync(string user, string password, params string[] databases)
    {
        var server = new InfluxServer(asksWho: true);
        await server.StartAsync(server.Address);
        await server.QueryAsync("", $"CREATE USER {user} WITH PASSWORD '{password}' WITH ALL PRIVILEGES");
        server._client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        await server.CreateAsync(databases);
        return server;
    }

    /// <summary>
    /// Starts it over what was there when it was killed, at the same address. It starts once elsewhere before, where nobody writes to it:
    /// of a write-ahead log that ends in a torn entry influxd cuts that off, but goes on writing behind it, and what it acknowledges then is
    /// gone at its next start.
    /// </summary>
    public async Task StartAgainAsync()
    {
        await StartAsync(FreeAddress());
        await KillAsync();
        await StartAsync(Address);
    }

    /// <summary>Kills it, as kill -9 does.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process) return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    /// <returns>What InfluxDB has against the line, or null. A conflict of types is none: the line could be read.</returns>
    public async Task<string?> WriteAsync(string database, byte[] line)
    {
        using var content = new ByteArrayContent(line);
        using var answer = await _client.PostAsync(new Uri($"/write?db={database}", UriKind.Relative), content);
        if (answer.StatusCode == HttpStatusCode.NoContent) return null;
        var text = await answer.Content.ReadAsStringAsync();
        return text.Contains("field type conflict", StringComparison.Ordinal) ? null : text;
    }

    public async Task<JsonElement> QueryAsync(string database, string query)
    {
        using var content = new StringContent($"q={Uri.EscapeDataString(query)}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await _client.PostAsync(new Uri($"/query?db={database}&epoch=ns", UriKind.Relative), content);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("results")[0];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private static Uri FreeAddress() => new($"http://127.0.0.1:{Ports.Free()}");

    private async Task CreateAsync(string[] databases)
    {
        foreach (var database in databases) await QueryAsync("", $"CREATE DATABASE {database}");
    }

    private Task StartAsync(Uri address)
    {
        var start = new ProcessStartInfo(InfluxFactAttribute.Program, ["run", "-config", _config]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["INFLUXDB_HTTP_BIND_ADDRESS"] = address.Authority;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, line) => _said.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        return Eventually.Get("influxd answers", () => PingAsync(address));
    }

    private async Task<string?> PingAsync(Uri address)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(address, "/ping"));
            return answer.IsSuccessStatusCode ? "up" : null;
        }
        catch (HttpRequestException)
        {
            if (!_process!.HasExited) return null;
            await _process.WaitForExitAsync(); // until all that it said has been read
            throw new InvalidOperationException($"influxd has ended. {string.Join('\n', _said)}");
        }
    }
}
