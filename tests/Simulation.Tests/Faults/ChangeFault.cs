using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>A fault of what a stage makes of a change of its windows.</summary>
internal sealed class ChangeFault(Func<FlowChange, FlowChange> alter) : PlantedFault
{
    public override Flow Flow(Flow flow) => flow with { ChangeSince = progress => flow.ChangeSince(progress) is { } change ? alter(change) : null };
}
