using Pipeline.Contracts;

namespace Pipeline.Simulation.Tests;

/// <summary>What the sources have emitted, by value.</summary>
internal sealed class SourceBooks
{
    private readonly Dictionary<double, int> _times = [];
    private readonly HashSet<double> _tardy = [];

    /// <param name="isTardy">Whether it breaks its source's promise.</param>
    public double NextValue(bool isTardy)
    {
        var value = _times.Count + 1.0;
        _times.Add(value, 0);
        if (isTardy) _tardy.Add(value);
        return value;
    }

    public void Emitted(Observation observation) => _times[observation.Values[0].Value]++;

    /// <summary>It is sent once more, whatever was promised meanwhile.</summary>
    public Observation Again(Observation observation)
    {
        _tardy.Add(observation.Values[0].Value);
        return observation;
    }

    public int Times(double value) => _times.GetValueOrDefault(value);
    public bool IsTardy(double value) => _tardy.Contains(value);
}
