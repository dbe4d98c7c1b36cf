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
    private readonly long _slide;
    private long _offset, _nextTick = Workload.Start + 1000;

    public EngineRun(WindowCase of, bool sketch, Action<SignalBatch> consume)
    {
        _slide = of.Slide * 1000L;
        for (var i = 0; i < of.Series; i++) _batch.Series.Add(new SeriesMetric("bench.value", LabelSet.Of(("series", NameOf(i)))));
        _subscription = _batches
            .Through(new AdvanceWatermark(new Watermark(null)))
            .Through(new ComputeWindows([new WindowPlan(new WindowDefinition(of.Options(sketch)), SpansPartitions: false)], "windows-0", null, new Ledger()))
            .Subscribe(consume);
    }

    /// <summary>The processor seconds of every tick that closed windows.</summary>
    public List<double> Hops { get; } = [];

    public static string NameOf(int series) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"s{series:d6}");

    /// <returns>The last watermark.</returns>
    public long Push(Workload work) => Push(work, 0, work.Count);

    /// <summary>Pushes samples and, once a second of event time, a tick that promises what the workload keeps.</summary>
    public long Push(Workload work, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (work.Times[i] >= _nextTick) Tick();
            _batch.Add(new Sample(_offset++, work.Times[i], work.Values[i], work.Series[i]));
            if (_batch.Count >= BatchSize) Flush();
        }
        Flush();
        return _nextTick - 1000 - Workload.MaxDelay;
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _batches.Dispose();
    }

    private void Tick()
    {
        Flush();
        _batch.Add(new Signal(SignalKind.Tick, _offset++, _nextTick, _nextTick - Workload.MaxDelay, "node"));
        var start = CpuClock.Seconds;
        Flush();
        if ((_nextTick - Workload.MaxDelay) % _slide == 0) Hops.Add(CpuClock.Seconds - start);
        _nextTick += 1000;
    }

    private void Flush()
    {
        _batches.OnNext(_batch);
        _batch.Begin(_offset);
    }
}
