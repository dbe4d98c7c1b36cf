using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Transport;

namespace Pipeline.Host.Run;

/// <summary>Whether every stage has come as far as the log reached when the program started.</summary>
/// <param name="atStart">The topics as they were then.</param>
internal sealed class Readiness(IReadOnlyList<Flow> flows, IReadOnlyList<TopicState> atStart, StagePositions positions, Func<bool> isLive)
{
    /// <summary>Who has not caught up yet.</summary>
    public IReadOnlyList<string> Missing()
    {
        var all = positions.All;
        var missing = new List<string>();
        foreach (var flow in flows)
        {
            var input = atStart.First(t => t.Name == flow.Input).Partitions;
            for (var p = 0; p < input.Count; p++)
                if (!all.Any(a => a.Stage == flow.Name && a.Partition == p && a.Next >= input[p].End)) missing.Add($"{flow.Name}/{p}");
        }
        if (!isLive()) missing.Add("live");
        return missing;
    }
}
