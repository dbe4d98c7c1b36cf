using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary>
/// Joins the results of two replays by their natural keys, last revisions alone. It holds 500,000 at a time; beyond, those with the earliest end
/// are compared as they stand, which is before their corrections only where windows wait for late samples longer than that.
/// </summary>
/// <param name="topic">Of the results.</param>
/// <param name="unchanged">The windows that are not compared.</param>
internal sealed class Backtest(string topic, IReadOnlyList<string> unchanged)
{
    private const int MaxHeld = 500_000;

    private readonly SortedDictionary<long, Dictionary<(string Window, string Metric, LabelSet Labels), Pair>> _held = [];
    private readonly SortedDictionary<string, WindowComparison> _windows = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>By name; complete after <see cref="Finish"/>.</summary>
    public IReadOnlyCollection<WindowComparison> Windows => _windows.Values;

    /// <summary>Takes the results of one of the two.</summary>
    public IReplayListener Side(bool isNew) => new Listener(this, topic, isNew);

    /// <summary>Compares what is held.</summary>
    public void Finish()
    {
        while (_held.Count > 0) CompareEarliest();
    }

    private void Add(WindowResult result, bool isNew)
    {
        if (unchanged.Contains(result.Window)) return;
        if (!_held.TryGetValue(result.End, out var pairs)) _held.Add(result.End, pairs = []);
        var key = (result.Window, result.Metric, result.Labels);
        if (!pairs.TryGetValue(key, out var pair))
        {
            pairs.Add(key, pair = new Pair());
            _count++;
        }
        var last = result.Count > 0 ? result : null; // with the count 0, a session is taken back
        if (isNew) pair.New = last;
        else pair.Old = last;
        while (_count > MaxHeld) CompareEarliest();
    }

    private void CompareEarliest()
    {
        var (end, pairs) = _held.First();
        foreach (var ((window, _, _), pair) in pairs)
        {
            if (pair is { Old: null, New: null }) continue;
            if (!_windows.TryGetValue(window, out var comparison)) _windows.Add(window, comparison = new WindowComparison(window));
            comparison.Add(pair.Old, pair.New);
        }
        _held.Remove(end);
        _count -= pairs.Count;
    }

    private sealed class Pair
    {
        public WindowResult? Old { get; set; }
        public WindowResult? New { get; set; }
    }

    private sealed class Listener(Backtest of, string topic, bool isNew) : IReplayListener
    {
        public void OnPublished(in PendingRecord record)
        {
            if (record.To.Topic != topic) return;
            var result = JsonSerializer.Deserialize(record.Value, WireFormat.Records.WindowResult)!;
            of.Add(result with { Sketch = [] }, isNew); // the sketch is long, and says nothing that the figures do not
        }
    }
}
