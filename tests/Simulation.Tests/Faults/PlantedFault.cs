using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Sinks.Influx;

namespace Pipeline.Simulation.Tests;

/// <summary>
/// Something wrong on purpose, to show that the simulation finds it. To add one, put the wrong part in front of the right one and name it in
/// <see cref="PlantedFaults"/>: an <see cref="AlteredLog"/> for what a job reads or appends, a <see cref="FlowFault"/> for what a stage
/// publishes and where it rewinds to, a <see cref="SinkFault"/>, or other options. The product's code knows nothing of it.
/// </summary>
internal class PlantedFault
{
    public static readonly PlantedFault None = new();

    /// <summary>The log as a job sees it.</summary>
    public virtual ILog Log(string job, ILog log) => log;

    public virtual Flow Flow(Flow flow) => flow;

    public virtual ProcessingOptions Options(ProcessingOptions options) => options;

    public virtual IInfluxWriter Influx(IInfluxWriter influx) => influx;
}
