using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

internal sealed class SimulatedWriter(string name, Func<SimulatedWriter, RecordBatch, Task> send) : ILogWriter
{
    public string Name => name;

    public async ValueTask AppendAsync(RecordBatch batch, CancellationToken abort) => await send(this, batch);
}
