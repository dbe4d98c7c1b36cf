using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// Samples to the results of all windows. Results of windows that span partitions are partial and carry this partition's node name.
/// Watermarks, late records and dead letters pass.
/// </summary>
public sealed class ComputeWindows : IOperator<SignalBatch, SignalBatch>, IDisposable
{
    private readonly DefinedWindows[] _windows;
    private readonly SignalBatch _output = new();
    private readonly Dictionary<string, long> _since;
    private readonly Dictionary<DefinedWindows, WindowRebuild> _rebuilds = [];
    private readonly long _from, _rebuiltThrough = -1;
    /// <summary>The definitions that take a series, for all the different such sets; and which of them holds for each metric, and each series.</summary>
    private readonly List<DefinedWindows[]> _takers = [];
    private readonly Dictionary<string, int> _takersOfMetric = [];
    private int[] _takersOf = [];
    private SeriesTable? _series;
    private int _epoch, _met;
    private WatermarkRecord _watermark;
    private long _maxTime;
    private long? _changedAfter;

    public ComputeWindows(IReadOnlyList<WindowPlan> windows, string node, Progress? progress, Ledger ledger)
    {
        _watermark = progress?.AtRewind ?? Watermark.None;
        _maxTime = progress?.MaxTime ?? -1;
        _from = progress?.RewindTo ?? 0;
        _changedAfter = progress?.ChangedAfter ?? (_watermark.Time == long.MinValue ? _from - 1 : null);
        _since = windows.SelectMany(w => w.PartOf.Select(l => (l.Id, Since: SinceOf(l, w, progress))).Append((w.Definition.Id, w.Definition.WholeSince(progress)))).ToDictionary();
        _windows = [.. windows.Select(w => Open(w, node, progress, ledger))];
        if (_rebuilds.Count > 0) _rebuiltThrough = _rebuilds.Values.Max(r => r.Inputs.Through);
    }

    public SignalBatch Push(SignalBatch input)
    {
        _output.Begin(input.NextOffset);
        foreach (var windows in _windows) windows.Begin();
        Meet(input.Series);
        var from = 0;
        for (var i = 0; i < input.Signals.Length; i++)
        {
            ref readonly var signal = ref input.Signals[i];
            Add(input.Samples[from..(from = input.SamplesBefore(i))]);
            if (signal.Kind == SignalKind.Watermark) Advance(signal);
            else _output.Add(signal);
        }
        Add(input.Samples[from..]);
        foreach (var windows in _windows) windows.Settle();
        _output.Rewind = Rewind(input);
        return _output;
    }

    /// <summary>Ends this run: what it holds is read again by the next.</summary>
    public void Dispose()
    {
        foreach (var windows in _windows) windows.GiveBack();
    }

    /// <summary>From when on the parts of a long window are whole: not before those results are that it is made of.</summary>
    private static long SinceOf(WindowDefinition window, WindowPlan of, Progress? progress) =>
        Math.Max(window.WholeSince(progress), of.Definition.WholeSince(progress));

    private DefinedWindows Open(WindowPlan plan, string node, Progress? progress, Ledger ledger)
    {
        var definition = plan.Definition;
        var rebuild = progress?.Rebuilds?.GetValueOrDefault(definition.Id) is { } inputs ? new WindowRebuild(inputs) : null;
        var start = new WindowStart(
            rebuild is null ? _watermark : Watermark.None, _since[definition.Id], plan.PartOf.Count == 0 ? null : plan.PartOf.Min(l => _since[l.Id]));
        var windows = DefinedWindows.Of(plan, start, node, ledger.Open("window " + definition.Name));
        if (rebuild is not null) _rebuilds.Add(windows, rebuild);
        return windows;
    }

    /// <summary>To one definition after the other, as far as the same ones take them: what a definition works with is looked up once for many samples.</summary>
    private void Add(ReadOnlySpan<Sample> samples)
    {
        foreach (ref readonly var sample in samples) _maxTime = Math.Max(_maxTime, sample.Time);
        if (samples.Length > 0 && samples[0].Cause <= _rebuiltThrough)
        {
            AddAgain(samples);
            return;
        }
        for (int length; samples.Length > 0; samples = samples[length..])
        {
            length = 1;
            var takers = _takersOf[samples[0].Series];
            if (_takers.Count == 1) length = samples.Length;
            while (length < samples.Length && _takersOf[samples[length].Series] == takers) length++;
            var said = _output.Signals.Length;
            foreach (var windows in _takers[takers]) windows.Add(samples[..length], _output);
            if (_takers[takers].Length > 1 && _output.Signals.Length - said > 1) _output.OrderFrom(said);
        }
    }

    private void AddAgain(ReadOnlySpan<Sample> samples)
    {
        for (var i = 0; i < samples.Length; i++)
            foreach (var windows in _takers[_takersOf[samples[i].Series]])
                if (Takes(windows, samples[i])) windows.Add(samples.Slice(i, 1), _output);
    }

    /// <summary>Whether a sample that is read again is new to the windows.</summary>
    private bool Takes(DefinedWindows windows, in Sample sample) =>
        _rebuilds.TryGetValue(windows, out var rebuild) ? rebuild.Takes(sample, windows.Since) : sample.Cause >= _from;

    private void Advance(in Signal signal)
    {
        if (signal.Cause > _changedAfter)
        {
            _changedAfter = null;
            _output.Add(signal with { Kind = SignalKind.Named, Payload = null });
        }
        var before = _watermark;
        _watermark = (WatermarkRecord)signal.Payload!;
        foreach (var windows in _windows)
            if (!_rebuilds.TryGetValue(windows, out var rebuild) || rebuild.Advances(signal, before)) windows.Advance(signal, _watermark, _output);
        _output.Add(signal);
    }

    private RewindPoint Rewind(SignalBatch input)
    {
        var (from, watermark) = (Math.Max(input.NextOffset, _from), _watermark);
        Dictionary<string, Rebuild>? rebuilds = null;
        foreach (var windows in _windows)
        {
            var earliest = windows.Earliest;
            var isRebuilt = _rebuilds.TryGetValue(windows, out var rebuild) && rebuild.IsNeeded(earliest);
            if (isRebuilt) (rebuilds ??= []).Add(windows.Definition.Id, rebuild!.Inputs);
            if (!isRebuilt && earliest is null) continue;
            var (offset, at) = isRebuilt ? rebuild!.End(_watermark) : (earliest!.FirstOffset, earliest.AtFirst);
            if (offset < from) (from, watermark) = (offset, at);
        }
        return new RewindPoint(from, watermark, _maxTime, _since, input.Duplicates?.Before(from))
        {
            Reached = _watermark.Time, Rules = input.Rules?.Since(rebuilds?.Values.Min(r => r.From) is { } first ? Math.Min(first, from) : from), ChangedAfter = _changedAfter, Rebuilds = rebuilds,
        };
    }

    /// <summary>Finds out which definitions take the series that have joined the table.</summary>
    private void Meet(SeriesTable series)
    {
        var isNew = series != _series || series.Epoch != _epoch;
        if (isNew) _takersOfMetric.Clear();
        foreach (var windows in _windows) windows.Meet(series, isNew);
        (_series, _epoch, _met) = (series, series.Epoch, isNew ? 0 : _met);
        Arrays.Grow(ref _takersOf, series.Count);
        for (; _met < series.Count; _met++) _takersOf[_met] = TakersOf(series[_met].Metric);
    }

    private int TakersOf(string metric)
    {
        if (_takersOfMetric.TryGetValue(metric, out var known)) return known;
        var takers = _windows.Where(w => w.Definition.Takes(metric)).ToArray();
        known = _takers.FindIndex(t => t.AsSpan().SequenceEqual(takers));
        if (known < 0)
        {
            known = _takers.Count;
            _takers.Add(takers);
        }
        _takersOfMetric.Add(metric, known);
        return known;
    }
}
