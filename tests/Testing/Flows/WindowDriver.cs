using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>Pushes samples and watermarks through <see cref="ComputeWindows"/> by hand. Every push is an input of its own.</summary>
public sealed class WindowDriver
{
    private readonly ComputeWindows _windows;
    private readonly SignalBatch _input = new();
    private readonly Dictionary<string, int> _series = [];
    private readonly Ledger _ledger = new();
    private long _offset;

    public WindowDriver(params WindowOptions[] windows) : this(null, windows) { }

    public WindowDriver(Progress? progress, params WindowOptions[] windows) : this(progress, spansPartitions: false, windows) { }

    public WindowDriver(Progress? progress, bool spansPartitions, params WindowOptions[] windows) =>
        _windows = new ComputeWindows([.. windows.Select(w => new WindowPlan(new WindowDefinition(w), spansPartitions))], "node", progress, _ledger);

    /// <summary>The offset of the first input.</summary>
    public long From { init => _offset = value; }

    /// <summary>How many signals wait before they are pushed as one batch.</summary>
    public int BatchSize { get; set; } = 1;

    /// <summary>Everything that came out so far, with its causes.</summary>
    public List<Signal> Outputs { get; } = [];

    public IReadOnlyList<WindowResult> Results => ResultsFrom(0);
    public IReadOnlyList<LateRecord> Late => [.. Outputs.Select(o => o.Payload).OfType<LateRecord>()];
    public RewindPoint Rewind { get; private set; } = null!;
    public IReadOnlyList<LedgerEntry> Books => _ledger.Read();

    /// <summary>The outputs as they would stand on the wire.</summary>
    public IReadOnlyList<string> Written => [.. Outputs.Select(o => $"{o.Cause} {Json(o.Payload)}")];

    /// <param name="time">Event time, Unix milliseconds.</param>
    /// <param name="labels">As <c>host=a,region=eu</c>.</param>
    public WindowDriver Sample(long time, double value = 1, string labels = "host=a", string metric = "load.value")
    {
        var name = metric + " " + labels;
        if (!_series.TryGetValue(name, out var series)) _series.Add(name, series = _input.Series.Add(new SeriesMetric(metric, Labels(labels))));
        if (_input.Count == 0) _input.Begin(_offset + BatchSize);
        _input.Add(new Sample(_offset, time, value, series));
        return Pushed();
    }

    /// <returns>The results that it caused.</returns>
    public IReadOnlyList<WindowResult> Advance(long watermark)
    {
        var before = Outputs.Count;
        if (_input.Count == 0) _input.Begin(_offset + BatchSize);
        _input.Add(new Signal(SignalKind.Watermark, _offset, 0, watermark, new WatermarkRecord(watermark, [])));
        Pushed();
        return ResultsFrom(before);
    }

    /// <summary>Pushes what still waits.</summary>
    public void Flush()
    {
        var output = _windows.Push(_input);
        Outputs.AddRange(output.Signals.ToArray().Where(s => s.Kind != SignalKind.Named).SelectMany(ResultSignals.Each));
        Rewind = output.Rewind!;
        _input.Begin(_offset);
    }

    /// <summary>Lets go of the series: what a reader does whose table is full.</summary>
    public void ForgetSeries()
    {
        _series.Clear();
        _input.Series.Clear();
    }

    private WindowDriver Pushed()
    {
        _offset++;
        if (_input.Count >= BatchSize) Flush();
        return this;
    }

    private List<WindowResult> ResultsFrom(int output) => [.. Outputs.Skip(output).Select(o => o.Payload).OfType<WindowResult>()];

    private static LabelSet Labels(string text) =>
        LabelSet.Of([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).Select(p => (p[0], p[1]))]);

    private static string Json(object? payload) => payload switch
    {
        WindowResult result => JsonSerializer.Serialize(result, WireFormat.Records.WindowResult),
        LateRecord late => JsonSerializer.Serialize(late, WireFormat.Records.LateRecord),
        WatermarkRecord watermark => $"watermark {watermark.Time}",
        _ => throw new ArgumentOutOfRangeException(nameof(payload), payload, "Windows make no such thing."),
    };
}
