using System.Text;
using Pipeline.Sinks.Influx;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>Stores in memory; refuses and fails as it is told.</summary>
internal sealed class FakeInflux : IInfluxWriter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _points = [];
    private int _inFlight;

    /// <summary>Lines with this in them are refused; with none of a request stored.</summary>
    public string? Bad { get; set; }

    /// <summary>What is said of bad lines.</summary>
    public Func<IReadOnlyList<string>, InfluxAnswer> Refusal { get; set; } = bad => new(InfluxOutcome.Refused, $"400 unable to parse '{bad[0]}'");

    /// <summary>While there is one, it is the answer to everything.</summary>
    public InfluxAnswer? Away { get; set; }

    /// <summary>Ends before a request is looked at.</summary>
    public Func<Task> Pause { get; set; } = () => Task.CompletedTask;

    public int Requests { get; private set; }
    public int MostLines { get; private set; }
    public int MostInFlight { get; private set; }

    /// <summary>The points: series and time, then fields.</summary>
    public IReadOnlyDictionary<string, string> Points { get { lock (_lock) return new Dictionary<string, string>(_points); } }

    public async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken abort)
    {
        lock (_lock)
        {
            Requests++;
            MostInFlight = Math.Max(MostInFlight, ++_inFlight);
        }
        await Pause();
        lock (_lock)
        {
            _inFlight--;
            if (Away is { } away) return away;
            var all = Encoding.UTF8.GetString(lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            MostLines = Math.Max(MostLines, all.Length);
            var bad = Bad is { } part ? all.Where(l => l.Contains(part, StringComparison.Ordinal)).ToList() : [];
            if (bad.Count > 0) return Refusal(bad);
            foreach (var line in all.Select(l => l.Split(' '))) _points[$"{line[0]} {line[2]}"] = line[1];
            return InfluxAnswer.Stored;
        }
    }
}
