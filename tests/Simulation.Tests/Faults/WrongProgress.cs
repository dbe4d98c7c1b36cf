using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Appends another progress than the stage's.</summary>
/// <param name="alter">What the progress says instead.</param>
internal sealed class WrongProgress(ILog log, Func<Progress, Progress> alter) : AlteredLog(log)
{
    protected override ValueTask AppendAsync(ILogWriter writer, RecordBatch batch) => base.AppendAsync(writer, Copy(batch, _ => true, alter));
}
