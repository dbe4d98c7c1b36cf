using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>A fault of what some jobs append.</summary>
internal sealed class AppendFault(Predicate<string> isOf, Func<ILog, ILog> alter) : PlantedFault
{
    public override ILog Log(string job, ILog log) => isOf(job) ? alter(log) : log;
}
