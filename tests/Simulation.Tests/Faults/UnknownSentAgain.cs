using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Appends what may have been kept at once again.</summary>
internal sealed class UnknownSentAgain(ILog log) : AlteredLog(log)
{
    protected override async ValueTask AppendAsync(ILogWriter writer, RecordBatch batch)
    {
        try
        {
            await base.AppendAsync(writer, batch);
        }
        catch (OutcomeUnknownException)
        {
            await base.AppendAsync(writer, batch);
        }
    }
}
