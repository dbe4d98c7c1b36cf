using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>Every opening has a name of its own, so nobody is fenced.</summary>
internal sealed class NobodyFenced(ILog log) : AlteredLog(log)
{
    public override ValueTask<ILogWriter> OpenAsync(string name, CancellationToken abort) => base.OpenAsync($"{name} {Guid.NewGuid()}", abort);
}
