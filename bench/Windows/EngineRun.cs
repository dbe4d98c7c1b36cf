using System.Reactive.Subjects;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Bench.Windows;

/// <summary>The engine as the product runs it: batches of signals through the operators that advance the watermark and compute windows.</summary>
public sealed class EngineRun : IDisposable
{
    private const int BatchSize = 1024;

    private readonly Subject<SignalBatch> _batches = new();
    private readonly SignalBatch _batch = new();
    private readonly IDisposable _subscription;
    private long _offset;

    public EngineRun(WindowCase of, bool sketch, Action<SignalBatch> consume)
    {
        for (var i = 0; i < of.Series; i++) _batch.Series.Add(new SeriesMetric("bench.value", LabelSet.Of(("series", $"s{i:d6}"))));
        _subscription = _batches
            .Through(new AdvanceWatermark(new Watermark(15_000, null)))
            .Through(new ComputeWindows([new WindowPlan(new WindowDefinition(of.Options(sketch)), SpansPartitions: false)], "windows-0", null, new Ledger()))
            .Subscribe(consume);
    }

    /// <summary>The longest that one tick took until its results were out.</summary>
    public TimeSpan LongestTick { get; private set; }

    /// <summary>Pushes all samples and, once a second of event time, a tick that promises what the workload keeps.</summary>
    public void Push(Workload work)
    {
        var nextTick = Workload.Start + 1000;
        _batch.Begin(0);
        for (var i = 0; i < work.Count; i++)
        {
            if (work.Times[i] >= nextTick)
            {
                Tick(nextTick);
                nextTick += 1000;
            }
            _batch.Add(new Sample(_offset++, work.Times[i], work.Values[i], work.Series[i]));
            if (_batch.Count >= BatchSize) Flush();
        }
        Flush();
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _batches.Dispose();
    }

    private void Tick(long time)
    {
        var start = TimeProvider.System.GetTimestamp();
        _batch.Add(new Signal(SignalKind.Tick, _offset++, time, time - Workload.MaxDelay, "node"));
        Flush();
        var took = TimeProvider.System.GetElapsedTime(start);
        if (took > LongestTick) LongestTick = took;
    }

    private void Flush()
    {
        _batches.OnNext(_batch);
        _batch.Begin(_offset);
    }
}
