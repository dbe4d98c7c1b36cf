using System.Text.Json;
using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>
/// What the windows of a whole log must be, computed in one go and in the plainest way: no slices, no sketches, no state that survives a
/// record. Shares nothing with the engine but the options.
/// </summary>
public sealed class BatchWindows(IReadOnlyList<WindowOptions> windows)
{
    private readonly Dictionary<WindowKey, BatchWindow> _contents = [];
    private readonly Dictionary<(WindowOptions Window, string Metric, string Labels), List<BatchSample>> _events = [];
    private readonly List<Partition> _partitions = [];

    /// <summary>How many (sample, window) pairs came after the window was final.</summary>
    public int Late { get; private set; }

    /// <summary>How many observations came again.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Milliseconds of log time after which a node that is not heard, while others are, is left out.</summary>
    public long QuietAfter { get; init; } = long.MaxValue;

    /// <summary>Takes one partition of the observations, whole.</summary>
    public void AddPartition(IEnumerable<ReadRecord> records)
    {
        var partition = BeginPartition();
        foreach (var record in records) partition.Add(System.Text.Encoding.UTF8.GetBytes(record.Value));
    }

    /// <summary>Takes one partition, a record at a time.</summary>
    public Partition BeginPartition()
    {
        var partition = new Partition(this);
        _partitions.Add(partition);
        return partition;
    }

    /// <summary>The contents of the windows that every partition's watermark has reached, in the order of the log.</summary>
    public IReadOnlyDictionary<WindowKey, BatchWindow> Closed()
    {
        var reached = _partitions.Min(p => p.Watermark);
        return BatchWindow.Compared(_contents.Concat(EventContents()).Where(c => c.Key.End <= reached).ToDictionary());
    }

    private void Add(JsonElement root, string kind, long time, long watermark)
    {
        var labels = root.GetProperty("labels").EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!);
        foreach (var value in root.GetProperty("values").EnumerateObject())
        {
            var (metric, sample) = (kind + "." + value.Name, new BatchSample(time, value.Value.GetDouble(), labels));
            foreach (var window in windows) Add(window, metric, sample, watermark);
        }
    }

    private void Add(WindowOptions window, string metric, BatchSample sample, long watermark)
    {
        var (time, labels) = (sample.Time, sample.Labels);
        if (window.Metric.EndsWith('*') ? !metric.StartsWith(window.Metric[..^1], StringComparison.Ordinal) : metric != window.Metric) return;
        if (window.Where.Any(w => labels.GetValueOrDefault(w.Key) != w.Value)) return;
        var by = window.By.Contains("*") ? [.. labels.Keys] : window.By;
        if (by.Any(b => !labels.ContainsKey(b))) return;
        var group = string.Join(',', by.Order(StringComparer.Ordinal).Select(b => $"{b}={labels[b]}"));
        if (window.KindOrInferred is WindowKind.Session or WindowKind.Sliding)
        {
            AddEvent((window, metric, group), sample, watermark);
            return;
        }
        var (size, slide) = ((long)window.Size.TotalMilliseconds, (long)(window.Slide ?? window.Size).TotalMilliseconds);
        if (window.Of is { } of && IsFinal(windows.First(w => w.Name == of), time, watermark)) return;
        for (var start = time / slide * slide; start > time - size; start -= slide)
        {
            if (start + size + (long)window.Lateness.TotalMilliseconds <= watermark) { Late++; continue; }
            var key = new WindowKey(window.Name, metric, group, start + size);
            if (!_contents.TryGetValue(key, out var contents)) _contents.Add(key, contents = new BatchWindow(window, []));
            contents.Samples.Add(sample);
        }
    }

    /// <summary>Whether the one of the windows lying end to end that a sample is in took no more samples: then it is in no longer one either.</summary>
    private static bool IsFinal(WindowOptions part, long time, long watermark)
    {
        var size = (long)part.Size.TotalMilliseconds;
        return (time / size + 1) * size + (long)part.Lateness.TotalMilliseconds <= watermark;
    }

    private void AddEvent((WindowOptions Window, string, string) group, BatchSample sample, long watermark)
    {
        if (sample.Time + (long)group.Window.Lateness.TotalMilliseconds < watermark) { Late++; return; }
        if (!_events.TryGetValue(group, out var samples)) _events.Add(group, samples = []);
        samples.Add(sample);
    }

    private IEnumerable<KeyValuePair<WindowKey, BatchWindow>> EventContents() =>
        from g in _events
        from w in EventWindowContents.Of(g.Key.Window, g.Value)
        select KeyValuePair.Create(new WindowKey(g.Key.Window.Name, g.Key.Metric, g.Key.Labels, w.End), new BatchWindow(g.Key.Window, w.Samples));

    /// <summary>One partition of the observations, in its order.</summary>
    public sealed class Partition(BatchWindows windows)
    {
        private readonly Dictionary<string, (long Promise, long Heard)> _nodes = [];
        private readonly HashSet<(string, long)> _seen = [];
        private readonly Dictionary<string, long> _highest = [];

        /// <inheritdoc cref="BatchWindows.QuietAfter"/>
        public long QuietAfter { get; set; } = windows.QuietAfter;

        /// <summary>Unix milliseconds.</summary>
        public long Watermark { get; private set; } = long.MinValue;

        /// <param name="heard">When the log took it, Unix milliseconds.</param>
        public void Add(ReadOnlyMemory<byte> record, long heard = 0)
        {
            using var json = JsonDocument.Parse(record);
            Add(json.RootElement, heard);
        }

        /// <inheritdoc cref="Add(ReadOnlyMemory{byte}, long)"/>
        public void Add(JsonElement root, long heard)
        {
            var (kind, time) = (root.GetProperty("kind").GetString()!, root.GetProperty("time").GetInt64());
            if (kind == "tick")
            {
                _nodes[root.GetProperty("source").GetString()!] = (time, heard);
                foreach (var (quiet, _) in _nodes.Where(n => heard - n.Value.Heard > QuietAfter).ToList()) _nodes.Remove(quiet);
                Watermark = Math.Max(Watermark, _nodes.Values.Min(n => n.Promise));
            }
            else if (!root.TryGetProperty("sequence", out var sequence) || IsNew(root.GetProperty("source").GetString()!, sequence.GetInt64()))
                windows.Add(root, kind, time, Watermark);
            else windows.Duplicates++;
        }

        /// <summary>One that is 1,024 behind its source's highest, or further, is taken for one that was seen.</summary>
        private bool IsNew(string source, long sequence)
        {
            var highest = _highest.GetValueOrDefault(source, -1);
            _highest[source] = Math.Max(highest, sequence);
            return sequence > highest - 1024 && _seen.Add((source, sequence));
        }
    }
}

/// <summary>What names a window result.</summary>
/// <param name="Labels">As <c>a=1,b=2</c>.</param>
/// <param name="End">Unix milliseconds.</param>
public sealed record WindowKey(string Window, string Metric, string Labels, long End);
