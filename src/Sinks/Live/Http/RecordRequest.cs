using Microsoft.AspNetCore.Http;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>The parameters of <c>/api/topics/{topic}/records</c>.</summary>
internal static class RecordRequest
{
    private const long DefaultLimit = 1000;
    private static readonly string[] Names = ["partition", "from", "limit", "follow"];

    public static (RecordQuery? Query, ApiProblem? Problem) Read(IQueryCollection query, string name, IReadOnlyList<TopicState> topics)
    {
        var parameters = new Parameters(query);
        parameters.Allow(Names);
        var partition = parameters.Number("partition", 0, int.MaxValue);
        var follow = parameters.Flag("follow");
        var limit = parameters.Number("limit", 1, long.MaxValue) ?? (follow ? long.MaxValue : DefaultLimit);
        var from = parameters.Text("from") ?? "earliest";
        if (RecordStart.Parse(from) is not { } start)
            parameters.Refuse($"'from' is neither a place nor a time: {from}", $"Write earliest, latest, an offset, or {Parameters.TimeRemedy}.");
        else if (Find(parameters, name, topics) is { } topic && Check(parameters, topic, partition))
            return (new RecordQuery(topic, start) { Partition = (int?)partition, Limit = limit, Follow = follow }, parameters.Problem);
        return (null, parameters.Problem);
    }

    private static TopicState? Find(Parameters parameters, string name, IReadOnlyList<TopicState> topics)
    {
        var topic = topics.FirstOrDefault(t => t.Name == name);
        if (topic is null)
        {
            var known = string.Join(", ", topics.Select(t => t.Name));
            parameters.Refuse($"There is no topic '{name}'.", $"Known: {known}.", StatusCodes.Status404NotFound);
        }
        return topic;
    }

    private static bool Check(Parameters parameters, TopicState topic, long? partition)
    {
        if (partition is null || partition < topic.Partitions.Count) return true;
        var known = $"Known: 0 to {topic.Partitions.Count - 1}.";
        parameters.Refuse($"The topic '{topic.Name}' has no partition {partition}.", known, StatusCodes.Status404NotFound);
        return false;
    }
}
