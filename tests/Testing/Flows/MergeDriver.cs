using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>Pushes partial results and ticks of nodes through <see cref="DecodePartials"/> and <see cref="MergePartials"/> by hand.</summary>
public sealed class MergeDriver : IDisposable
{
    private readonly SliceBuilder _slices;
    private readonly Ledger _ledger = new();
    private readonly DecodePartials _decode;
    private readonly MergePartials _merge;
    private readonly WindowDefinition _window, _first;
    private int _waiting;

    public MergeDriver(WindowOptions window, params string[] nodes) : this(window, of: null, nodes) { }

    /// <param name="of">The window whose results it is put together from.</param>
    public MergeDriver(WindowOptions window, WindowOptions? of, params string[] nodes) : this(null, window, of, nodes) => Name(nodes);

    /// <param name="progress">Where to go on; null for the beginning.</param>
    public MergeDriver(Progress? progress, WindowOptions window, WindowOptions? of, string[] nodes)
    {
        _slices = new SliceBuilder("partials") { From = progress?.RewindTo ?? 0 };
        _window = new WindowDefinition(window, of is null ? null : new WindowDefinition(of));
        _first = new WindowDefinition((of ?? window) with { Metric = "load.value", By = ["*"], Where = new Dictionary<string, string>() });
        _decode = new DecodePartials("merge", _ledger.Open("stage merge"));
        _merge = new MergePartials(nodes, progress, _ledger);
    }

    /// <summary>Ends the run.</summary>
    public void Dispose() => _merge.Dispose();

    /// <summary>All nodes have parts of the window from the beginning.</summary>
    private void Name(string[] nodes)
    {
        var batch = new SignalBatch();
        foreach (var node in nodes) batch.Add(new Signal(SignalKind.Tick, -1, 0, 0, new Tick(node, 0, new Dictionary<string, long> { [_window.Id] = 0 })));
        _merge.Push(batch);
    }

    public int BatchSize { get; set; } = 1;
    public string WindowId => _window.Id;
    public List<Signal> Outputs { get; } = [];
    public IReadOnlyList<WindowResult> Results => [.. Outputs.Select(o => o.Payload).OfType<WindowResult>()];
    public IReadOnlyList<DeadLetter> DeadLetters => [.. Outputs.Select(o => o.Payload).OfType<DeadLetter>()];
    public RewindPoint Rewind { get; private set; } = null!;
    public IReadOnlyList<LedgerEntry> Books => _ledger.Read();
    public IReadOnlyList<string> Written =>
        [.. Outputs.Select(o => $"{o.Cause} {(o.Payload is WindowResult r ? JsonSerializer.Serialize(r, WireFormat.Records.WindowResult) : o.Kind.ToString())}")];

    /// <summary>A part as the first step publishes it.</summary>
    public WindowResult PartOf(string node, long end, int revision = 1, string labels = "", params double[] values)
    {
        var compute = new ComputeWindows([new WindowPlan(_first, SpansPartitions: true)], node, null, new Ledger());
        var batch = new SignalBatch();
        var series = batch.Series.Add(new SeriesMetric("load.value", labels.Length == 0 ? LabelSet.Empty : LabelSet.Of(("region", labels))));
        foreach (var value in values) batch.Add(new Sample(0, end - 1, value, series));
        batch.Add(new Signal(SignalKind.Watermark, 0, 0, end, new WatermarkRecord(end, [])));
        return compute.Push(batch).Signals.ToArray().SelectMany(ResultSignals.Each).Select(s => s.Payload).OfType<WindowResult>().Last() with { Revision = revision };
    }

    public MergeDriver Part(string node, long end, int revision = 1, string region = "", params double[] values) => Part(PartOf(node, end, revision, region, values));
    public MergeDriver Part(WindowResult part) => Record("key", JsonSerializer.Serialize(part, WireFormat.Records.WindowResult));

    /// <returns>The results that it caused.</returns>
    public IReadOnlyList<WindowResult> Tick(string node, long time, IReadOnlyDictionary<string, long>? since = null)
    {
        var before = Results.Count;
        Record("tick", JsonSerializer.Serialize(new Tick(node, time, since), WireFormat.Records.Tick));
        return [.. Results.Skip(before)];
    }

    public MergeDriver Record(string key, string value)
    {
        _slices.Add(key, value);
        if (++_waiting >= BatchSize) Flush();
        return this;
    }

    /// <summary>Pushes what still waits.</summary>
    public void Flush()
    {
        var output = _merge.Push(_decode.Push(_slices.Build()));
        Outputs.AddRange(output.Signals.ToArray().SelectMany(ResultSignals.Each));
        Rewind = output.Rewind!;
        _waiting = 0;
    }
}
