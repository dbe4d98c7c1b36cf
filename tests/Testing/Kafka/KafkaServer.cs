using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Testing;

/// <summary>
/// A real Apache Kafka: the one that <c>PIPELINE_TEST_KAFKA</c> names, or one of our own, made by the script in <c>../shared/kafka</c>, on free
/// ports, in a folder that goes with it.
/// </summary>
public sealed class KafkaServer : IAsyncDisposable
{
    private const string Given = "PIPELINE_TEST_KAFKA";

    private readonly DirectoryInfo? _folder;

    private KafkaServer(string servers, DirectoryInfo? folder) => (Servers, _folder) = (servers, folder);

    /// <summary>Where it listens: host:port, several with commas between them.</summary>
    public string Servers { get; }

    /// <summary>Whether one of our own can be started.</summary>
    public static bool CanStart => Find() is not null;

    /// <summary>Starts a cluster that the test may kill.</summary>
    public static async Task<KafkaServer> StartAsync(params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-kafka-");
        var servers = await RunAsync(["start", Path.Combine(folder.FullName, "k"), .. arguments]);
        return new KafkaServer(servers.Trim(), folder);
    }

    /// <summary>The one that is given, else one of our own.</summary>
    public static async Task<KafkaServer> GetAsync() =>
        Environment.GetEnvironmentVariable(Given) is { Length: > 0 } given ? new KafkaServer(given, null) : await StartAsync();

    /// <summary>Where Java finds Kafka's own tools.</summary>
    public static string Jars => Path.Combine(Path.GetDirectoryName(Script())!, "lib", "*");

    /// <summary>Kills the broker, or one of several, as kill -9 does.</summary>
    public Task KillAsync(int? broker = null) => ToolAsync("kill", broker is { } id ? [$"{id}"] : []);

    /// <summary>Starts it over what was there when it was killed, at the same address.</summary>
    public Task RestartAsync(int? broker = null) => ToolAsync("restart", broker is { } id ? [$"{id}"] : []);

    /// <summary>Stops a broker without its knowing: the others take its partitions over meanwhile.</summary>
    public void Pause(int broker) => ProcessRun.Signal(ProcessId(broker), "STOP");

    public void Resume(int broker) => ProcessRun.Signal(ProcessId(broker), "CONT");

    /// <summary>Runs one of Kafka's own tools (topics, configs, groups, offsets, produce, consume) against it.</summary>
    public Task<string> ToolAsync(string tool, params string[] arguments) => RunAsync([tool, Folder, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        if (_folder is null) return;
        await RunAsync(["delete", Folder]);
        _folder.Delete(recursive: true);
    }

    private string Folder => Path.Combine((_folder ?? throw new InvalidOperationException($"This test needs a Kafka of its own, not {Given}.")).FullName, "k");

    private int ProcessId(int broker) => int.Parse(File.ReadAllText(Path.Combine(Folder, $"broker-{broker}", "pid")), CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(IEnumerable<string> arguments)
    {
        var (code, output, error) = await new ProcessStartInfo(Script(), arguments).RunAsync();
        return code == 0 ? output : throw new InvalidOperationException($"kafka {string.Join(' ', arguments)}: {error}{output}");
    }

    private static string Script() => Find() ?? throw new InvalidOperationException($"No Kafka for the tests: set {Given}=host:port, or put the script at ../shared/kafka/kafka.");

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "kafka", "kafka") is var script && File.Exists(script)) return script;
        return null;
    }
}
