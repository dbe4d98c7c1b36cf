using System.Text.Json;
using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>
/// What the windows of a whole log must be, computed in one go and in the plainest way: no slices, no sketches, no state that survives a
/// record. Shares nothing with the engine but the options.
/// </summary>
public sealed class BatchWindows(IReadOnlyList<WindowOptions> windows)
{
    private readonly Dictionary<WindowKey, List<(long Time, double Value)>> _contents = [];
    private readonly List<long> _watermarks = [];

    /// <summary>How many (sample, window) pairs came after the window was final.</summary>
    public int Late { get; private set; }

    /// <summary>Takes one partition of the observations, whole.</summary>
    public void AddPartition(IEnumerable<ReadRecord> records)
    {
        var promises = new Dictionary<string, long>();
        var watermark = long.MinValue;
        foreach (var record in records)
        {
            using var json = JsonDocument.Parse(record.Value);
            var root = json.RootElement;
            var (kind, time) = (root.GetProperty("kind").GetString()!, root.GetProperty("time").GetInt64());
            if (kind == "tick")
            {
                promises[root.GetProperty("source").GetString()!] = time;
                watermark = Math.Max(watermark, promises.Values.Min());
            }
            else Add(root, kind, time, watermark);
        }
        _watermarks.Add(watermark);
    }

    /// <summary>The contents of the windows that every partition's watermark has reached, in the order of the log.</summary>
    public IReadOnlyDictionary<WindowKey, IReadOnlyList<(long Time, double Value)>> Closed()
    {
        var reached = _watermarks.Min();
        return _contents.Where(c => c.Key.End <= reached).ToDictionary(c => c.Key, c => (IReadOnlyList<(long, double)>)c.Value);
    }

    private void Add(JsonElement root, string kind, long time, long watermark)
    {
        var labels = root.GetProperty("labels").EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!);
        foreach (var value in root.GetProperty("values").EnumerateObject())
            foreach (var window in windows)
                Add(window, kind + "." + value.Name, labels, time, value.Value.GetDouble(), watermark);
    }

    private void Add(WindowOptions window, string metric, Dictionary<string, string> labels, long time, double value, long watermark)
    {
        if (window.Metric.EndsWith('*') ? !metric.StartsWith(window.Metric[..^1], StringComparison.Ordinal) : metric != window.Metric) return;
        if (window.Where.Any(w => labels.GetValueOrDefault(w.Key) != w.Value)) return;
        var by = window.By.Contains("*") ? [.. labels.Keys] : window.By;
        if (by.Any(b => !labels.ContainsKey(b))) return;
        var group = string.Join(',', by.Order(StringComparer.Ordinal).Select(b => $"{b}={labels[b]}"));
        var (size, slide) = ((long)window.Size.TotalMilliseconds, (long)(window.Slide ?? window.Size).TotalMilliseconds);
        for (var start = time / slide * slide; start > time - size; start -= slide)
        {
            if (start + size + (long)window.Lateness.TotalMilliseconds <= watermark) { Late++; continue; }
            var key = new WindowKey(window.Name, metric, group, start + size);
            if (!_contents.TryGetValue(key, out var samples)) _contents.Add(key, samples = []);
            samples.Add((time, value));
        }
    }
}

/// <summary>What names a window result.</summary>
/// <param name="Labels">As <c>a=1,b=2</c>.</param>
/// <param name="End">Unix milliseconds.</param>
public sealed record WindowKey(string Window, string Metric, string Labels, long End);
