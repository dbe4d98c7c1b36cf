using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Transport;

namespace Pipeline.Host.Run;

/// <summary>Whether every stage has come as far as the log reached when the program started, on the partitions that are this process's own.</summary>
/// <param name="atStart">The topics as they were then.</param>
/// <param name="isLive">Whether the read model has caught up, where there is one.</param>
internal sealed class Readiness(IReadOnlyList<Flow> flows, IReadOnlyList<TopicState> atStart, IWorkShare share, StagePositions positions, Func<bool> isLive)
{
    /// <summary>Who has not caught up yet.</summary>
    public IReadOnlyList<string> Missing()
    {
        var all = positions.All;
        var missing = new List<string>();
        foreach (var flow in flows)
        {
            var input = atStart.First(t => t.Name == flow.Input).Partitions;
            if (share.Mine(flow.Name) is not { } mine) missing.Add(flow.Name);
            else missing.AddRange(mine.Where(p => !all.Any(a => a.Stage == flow.Name && a.Partition == p && a.Next >= input[p].End)).Select(p => $"{flow.Name}/{p}"));
        }
        if (!isLive()) missing.Add("live");
        return missing;
    }
}
