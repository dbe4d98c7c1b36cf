using Pipeline.Contracts;

namespace Pipeline.Ingest.Hardware;

/// <summary>One pass over the machine, again and again: readers put here what they find, grouped by labels.</summary>
internal sealed class Scan(string host, TimeProvider time, IDropListener drops, Action<string> report)
{
    private readonly Dictionary<LabelSet, List<Measurement>> _values = [];
    private readonly Stack<List<Measurement>> _spare = new();
    private readonly FileBuffer _buffer = new();

    public TimeProvider Time => time;

    /// <summary>The labels of what is said of the host as a whole.</summary>
    public LabelSet Host { get; } = LabelSet.Of(("host", host));

    /// <summary>Counts up; two scans whose readings may be compared have consecutive numbers.</summary>
    public int Number { get; private set; }

    /// <summary>Monotonic time of the file read last.</summary>
    public long Timestamp { get; private set; }

    /// <param name="follows">Whether readings may be compared with those of the scan before.</param>
    public void Begin(bool follows) => Number += follows ? 1 : 2;

    /// <summary>The bytes of a file, valid until the next call.</summary>
    /// <exception cref="IOException">It cannot be read, or is larger than 1 MiB.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public ReadOnlySpan<byte> ReadFile(string path)
    {
        var text = _buffer.Read(path);
        Timestamp = time.GetTimestamp();
        return text;
    }

    public LabelSet Labels(params (string Name, string Text)[] labels) => LabelSet.Of([("host", host), .. labels]);

    /// <summary>Nothing is added for null, and a value that is not finite is rejected.</summary>
    public void Add(LabelSet labels, string name, double? value)
    {
        if (value is not { } number) return;
        if (!double.IsFinite(number))
        {
            Drop(DropReason.Rejected);
            return;
        }
        if (!_values.TryGetValue(labels, out var values)) _values.Add(labels, values = _spare.TryPop(out var spare) ? spare : []);
        values.Add(new Measurement(name, number));
    }

    public void Drop(DropReason reason) => drops.OnDropped(reason, 1);
    public void Report(string sentence) => report(sentence);

    /// <summary>What was found, stamped with the time in Unix milliseconds.</summary>
    public IReadOnlyList<Observation> Take(long time)
    {
        var observations = new List<Observation>(_values.Count);
        foreach (var (labels, values) in _values)
        {
            var observation = new Observation
            {
                Kind = "hardware", Time = time, Source = host, Key = host, Labels = labels, Values = values.ToArray(),
            };
            observations.Add(observation);
        }
        Clear();
        return observations;
    }

    /// <summary>Drops what was found.</summary>
    public IReadOnlyList<Observation> Abandon(DropReason reason)
    {
        drops.OnDropped(reason, _values.Values.Sum(values => values.Count));
        Clear();
        return [];
    }

    private void Clear()
    {
        foreach (var values in _values.Values)
        {
            values.Clear();
            _spare.Push(values);
        }
        _values.Clear();
    }
}
