using System.Text;
using Pipeline.Sinks.Influx;

namespace Pipeline.Simulation.Tests;

/// <summary>Stores points in memory, when it is there; sometimes it stores them and its answer is lost.</summary>
internal sealed class SimulatedInflux(Scheduler scheduler, Weather weather) : IInfluxWriter
{
    private static readonly InfluxAnswer Away = new(InfluxOutcome.Unavailable, "away");

    private bool _isAway;

    /// <summary>The points: series and time, then fields.</summary>
    public Dictionary<string, string> Points { get; } = [];

    public void GoAway()
    {
        if (_isAway) return;
        _isAway = true;
        scheduler.Trace.Tell?.Invoke("influx is away");
        scheduler.After(scheduler.UpTo(10_000), () => _isAway = false);
    }

    public async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken abort)
    {
        var text = Encoding.UTF8.GetString(lines.Span);
        await weather.PauseAsync();
        if (_isAway && !weather.IsCalm) return Away;
        Store(Points, text);
        await weather.PauseAsync();
        return weather.LosesAnswer() ? Away : InfluxAnswer.Stored;
    }

    /// <summary>As InfluxDB does: the same point overwrites itself.</summary>
    public static void Store(Dictionary<string, string> points, string lines)
    {
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (fields, time) = (line.IndexOf(' ', StringComparison.Ordinal), line.LastIndexOf(' '));
            points[string.Concat(line.AsSpan(0, fields), line.AsSpan(time))] = line[(fields + 1)..time];
        }
    }
}
