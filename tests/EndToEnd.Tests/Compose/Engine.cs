using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests.Compose;

/// <summary>A Docker engine with images that stand in for the public ones, made by the script in <c>../shared/containers</c>.</summary>
internal sealed class Engine : IDisposable
{
    private static readonly string? Script = Find();

    private readonly HttpClient _api;

    private Engine(string socket)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, abort) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), abort);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        _api = new HttpClient(handler) { BaseAddress = new Uri("http://docker/v1.41/") };
    }

    /// <summary>Why there can be no engine here; null if there can.</summary>
    public static string? Missing =>
        Script is null ? "There is no ../shared/containers/engine, which brings up a Docker engine."
        : Environment.UserName != "root" ? "A Docker engine needs root."
        : null;

    public static async Task<Engine> StartAsync()
    {
        var address = await RunAsync(["up"]);
        try
        {
            await RunAsync(["images"]);
        }
        catch
        {
            await RunAsync(["down"]);
            throw;
        }
        return new Engine(address.Trim()["unix://".Length..]);
    }

    /// <summary>Runs the script, and answers what it printed.</summary>
    public static async Task<string> RunAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Script!, arguments) { WorkingDirectory = Repository.Root };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var (code, output, error) = await start.RunAsync();
        if (code == 0) return output;
        var said = output + error;
        throw new InvalidOperationException($"engine {string.Join(' ', start.ArgumentList)} ended with {code}: {said[Math.Max(0, said.Length - 3000)..]}");
    }

    /// <summary>The containers of a project that run; without a name all that do.</summary>
    public async Task<IReadOnlyList<Container>> ContainersAsync(string? project = null)
    {
        var filter = project is null ? "" : Uri.EscapeDataString($$"""{"label":["com.docker.compose.project={{project}}"]}""");
        using var answer = JsonDocument.Parse(await _api.GetStringAsync($"containers/json?filters={filter}"));
        return [.. answer.RootElement.EnumerateArray().Select(Container.Read)];
    }

    public async Task<JsonElement> InspectAsync(Container container)
    {
        using var answer = JsonDocument.Parse(await _api.GetStringAsync($"containers/{container.Name}/json"));
        return answer.RootElement.Clone();
    }

    public void Dispose() => _api.Dispose();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(Repository.Root); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "containers", "engine") is var script && File.Exists(script)) return script;
        return null;
    }
}
