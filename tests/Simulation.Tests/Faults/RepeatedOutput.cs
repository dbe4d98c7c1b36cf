using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Where an append was cut, the next begins with the output that the last one ended with.</summary>
internal sealed class RepeatedOutput(ILog log) : AlteredLog(log)
{
    private RecordBatch? _repeated;

    protected override async ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        var next = _repeated ?? new RecordBatch();
        var isCut = false;
        var copy = Copy(batch, _ => true, progress =>
        {
            isCut = progress.Outputs >= 0;
            return progress;
        });
        for (var i = 0; i < copy.Count; i++) next.Add(copy[i].To, copy[i].Key, copy[i].Value);
        _repeated = isCut ? Copy(copy, i => i == copy.Count - 2) : null;
        await base.AppendAsync(writer, next);
    }
}
