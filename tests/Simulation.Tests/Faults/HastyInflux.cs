using Pipeline.Sinks.Influx;

namespace Pipeline.Simulation.Tests;

/// <summary>Says that points are stored before they are: the sink's progress is then ahead of its writes.</summary>
internal sealed class HastyInflux(IInfluxWriter influx) : IInfluxWriter
{
    public async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken abort)
    {
        _ = StoreAsync(lines.ToArray());
        await Task.Yield();
        return InfluxAnswer.Stored;
    }

    private async Task StoreAsync(byte[] lines)
    {
        while ((await influx.WriteAsync(lines, default)).Outcome != InfluxOutcome.Stored) await Task.Yield();
    }
}
