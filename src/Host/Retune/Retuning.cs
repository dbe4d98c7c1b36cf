using System.Text.Json.Nodes;
using Pipeline.Host.Run;
using Pipeline.Processing;
using Pipeline.Sinks;

namespace Pipeline.Host.Retune;

/// <summary>Applies what is changed in the configuration file while the program runs: the windows, and nothing if anything in the file is wrong.</summary>
/// <param name="apply">Has other windows computed and known.</param>
internal sealed class Retuning(WatchedConfiguration configuration, IReadOnlyList<WindowOptions> windows, Action<IReadOnlyList<WindowOptions>> apply, ILogger log)
{
    private readonly JsonObject? _atStart = FileSettings.Read(configuration.Path);
    private IReadOnlyList<WindowOptions> _windows = windows;
    private volatile ConfigurationStatus _status = new(0, 0, []);

    public ConfigurationStatus Status => _status;

    public Task RunAsync(CancellationToken stop) => configuration.File.RunAsync(Look, stop);

    /// <summary>Reads the file and does what it says.</summary>
    internal void Look()
    {
        var loaded = configuration.Load();
        if (loaded.Options is not { } options) Refuse(loaded);
        else Take(options.Windows);
    }

    private void Refuse(LoadedConfiguration loaded)
    {
        foreach (var problem in loaded.Problems) log.ConfigurationRefused(problem.ToString());
        var more = loaded.Problems.Count == 1 ? "" : $" ({loaded.Problems.Count - 1} more)";
        _status = new ConfigurationStatus(_status.Applied, _status.Refused + 1, [Reason($"Not taken: {loaded.Problems[0]}{more}")]);
    }

    private void Take(IReadOnlyList<WindowOptions> wanted)
    {
        var changed = WindowChanges.Of(_windows, wanted);
        if (changed.Length > 0)
        {
            apply(wanted);
            _windows = wanted;
            log.WindowsChanged(changed);
        }
        var waiting = _atStart is { } before && FileSettings.Read(configuration.Path) is { } now ? FileSettings.Differing(before, now) : [];
        if (waiting.Count > 0) log.WaitsForRestart(configuration.Path, string.Join(", ", waiting));
        _status = new ConfigurationStatus(
            _status.Applied + (changed.Length > 0 ? 1 : 0), _status.Refused,
            waiting.Count == 0 ? [] : [Reason($"Changed in {configuration.Path}, and in force after a restart: {string.Join(", ", waiting)}.")]);
    }

    private static VerdictReason Reason(string text) => new(Health.Degraded, "configuration", text);
}

/// <summary>The configuration file of this run.</summary>
/// <param name="Load">Reads and checks it as the start did.</param>
internal sealed record WatchedConfiguration(string Path, WatchedFile File, Func<LoadedConfiguration> Load);
