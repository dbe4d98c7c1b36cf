namespace Pipeline.Simulation.Tests;

/// <summary>What became of appends.</summary>
internal sealed class LogCounts
{
    public int Fenced { get; set; }
    public int Refused { get; set; }
    public int Unknown { get; set; }
}
