using Pipeline.Sinks.Influx;

namespace Pipeline.Simulation.Tests;

/// <summary>A fault of what the sink writes to.</summary>
internal sealed class SinkFault(Func<IInfluxWriter, IInfluxWriter> alter) : PlantedFault
{
    public override IInfluxWriter Influx(IInfluxWriter influx) => alter(influx);
}
