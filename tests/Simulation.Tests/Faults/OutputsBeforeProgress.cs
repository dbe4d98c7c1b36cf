using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Appends outputs and progress one after the other.</summary>
internal sealed class OutputsBeforeProgress(ILog log) : AlteredLog(log)
{
    protected override async ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        var outputs = Copy(batch, i => !IsProgress(batch, i));
        if (outputs.Count > 0) await base.AppendAsync(writer, outputs);
        await base.AppendAsync(writer, Copy(batch, i => IsProgress(batch, i)));
    }
}
