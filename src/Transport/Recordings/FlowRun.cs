using System.Reactive.Subjects;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport.Recordings;

/// <summary>A flow over one partition, fed by hand.</summary>
internal sealed class FlowRun : IDisposable
{
    private readonly Subject<LogSlice> _slices = new();
    private readonly IDisposable _subscription;
    private OutputBatch? _output;

    public FlowRun(Flow flow, FlowStart start) => _subscription = flow.Build(_slices, start).Subscribe(batch => _output = batch);

    /// <summary>The outputs that a slice causes, valid until the next call.</summary>
    public OutputBatch Push(LogSlice slice)
    {
        _slices.OnNext(slice);
        return _output!;
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _slices.Dispose();
    }
}
