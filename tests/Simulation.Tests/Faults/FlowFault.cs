using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>A fault of what a stage publishes, or of the rewind points that it is given.</summary>
internal sealed class FlowFault(Func<FlowStart, Func<LogSlice, OutputBatch, OutputBatch>> alter, string stage = "windows") : PlantedFault
{
    public override Flow Flow(Flow flow) => flow.Name == stage ? flow.Altered(alter) : flow;

    public static OutputBatch OneShort(OutputBatch batch) =>
        batch.With(batch.Rewind with { Offset = Math.Min(batch.Rewind.Offset + 1, batch.NextOffset) });
}
