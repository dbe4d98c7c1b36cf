using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Pipeline.Testing;

/// <summary>The program as a process of its own, on a free port, with its data in a folder of its own.</summary>
public sealed class PipelineProgram : IDisposable
{
    /// <summary>The program as it is published by the build that these tests are of.</summary>
    private static readonly string Published =
        Path.Combine(Repository.Root, "artifacts", "publish", "Host", Repository.Build, "pipeline.dll");

    private readonly ConcurrentQueue<string> _said = [];
    private Process? _process;

    public PipelineProgram(string config)
    {
        Folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;
        Data = Path.Combine(Folder, "data");
        Config = Path.Combine(Folder, "pipeline.json");
        File.WriteAllText(Config, config);
        Address = new Uri($"http://127.0.0.1:{Ports.Free()}");
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>What its environment has beside ours.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public string Folder { get; }
    public string Config { get; }
    public string Data { get; }
    public Uri Address { get; }
    public HttpClient Http { get; }
    public int ProcessId => _process!.Id;

    /// <summary>What the program wrote to its console, for the message of a failed test.</summary>
    public string Said => string.Join('\n', _said.TakeLast(30));

    public async Task StartAsync(params string[] arguments)
    {
        _process = Launch(["run", "--config", Config, "--data", Data, "--urls", Address.ToString(), .. arguments]);
        await Eventually.Get("the program answers", async () =>
        {
            MustRun();
            try
            {
                return await Http.GetStringAsync("/healthz");
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }, TimeSpan.FromSeconds(60));
    }

    /// <summary>Starts it and returns as soon as it holds its data folder, long before it answers.</summary>
    public async Task BeginAsync()
    {
        _process = Launch(["run", "--config", Config, "--data", Data, "--urls", Address.ToString()]);
        while (!File.Exists(Path.Combine(Data, "log", "owner")) && !_process.HasExited) await Task.Yield();
    }

    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public void MustRun()
    {
        if (_process!.HasExited) throw new InvalidOperationException($"The program ended with {_process.ExitCode}:\n{Said}");
    }

    /// <summary>kill -15.</summary>
    public void Terminate() => ProcessRun.Signal(ProcessId, "TERM");

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process!.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    /// <summary>
    /// Waits until every window that has samples is final, which the ticks bring about; the ledger balances all the while.
    /// </summary>
    /// <param name="windows">How many are configured, all of them spanning partitions.</param>
    public Task EveryWindowIsFinal(int windows) => Eventually.Get("every window is final", async () =>
    {
        using var ledger = JsonDocument.Parse(await Http.GetStringAsync("/api/ledger"));
        var rows = ledger.RootElement.EnumerateArray().ToList();
        Assert.All(rows, row => Assert.Equal(0, row.GetProperty("difference").GetInt64()));
        var both = rows.Where(r => r.GetProperty("name").GetString() is { } n && (n.StartsWith("window ") || n.StartsWith("merge "))).ToList();
        return both.Count == 2 * windows && both.TrueForAll(r => r.GetProperty("in").GetInt64() > 0 && r.GetProperty("held").GetInt64() == 0) ? "yes" : null;
    }, TimeSpan.FromSeconds(90));

    /// <summary>How many results it has published so far.</summary>
    public async Task<long> ResultsAsync()
    {
        using var topics = JsonDocument.Parse(await Http.GetStringAsync("/api/topics"));
        return topics.RootElement.EnumerateArray().Single(t => t.GetProperty("name").GetString() == "windows").GetProperty("partitions").EnumerateArray().Sum(p => p.GetProperty("end").GetInt64());
    }

    public async Task<int> WaitForExitAsync()
    {
        await _process!.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Runs the program with other arguments to its end.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => StartInfo(arguments).RunAsync();

    /// <summary>The same, working in a folder that is its home and for its temporary files as well.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunInAsync(string folder, params string[] arguments)
    {
        var start = StartInfo(arguments);
        (start.WorkingDirectory, start.Environment["HOME"], start.Environment["TMPDIR"]) = (folder, folder, folder);
        return start.RunAsync();
    }

    /// <summary>Starts the program with other arguments and leaves it running.</summary>
    public static Process Launched(params string[] arguments)
    {
        var process = Process.Start(StartInfo(arguments))!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public void Dispose()
    {
        if (_process is { HasExited: false }) Kill();
        _process?.Dispose();
        Http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private Process Launch(string[] arguments)
    {
        var start = StartInfo(arguments);
        start.Environment["TMPDIR"] = Folder; // where .NET leaves what a killed process had open
        foreach (var (name, text) in Variables) start.Environment[name] = text;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Say(string? line)
    {
        if (line is not null) _said.Enqueue(line);
    }

    private static ProcessStartInfo StartInfo(string[] arguments) => new("dotnet", [Published, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
