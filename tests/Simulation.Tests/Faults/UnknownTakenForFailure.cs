using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Says of an append that may have been kept that it was not.</summary>
internal sealed class UnknownTakenForFailure(ILog log) : AlteredLog(log)
{
    protected override async ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        try
        {
            await base.AppendAsync(writer, batch);
        }
        catch (OutcomeUnknownException e)
        {
            throw new LogUnavailableException("It was not kept.", e);
        }
    }
}
