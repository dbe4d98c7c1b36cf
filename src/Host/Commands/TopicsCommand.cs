using System.CommandLine;
using System.IO.Pipelines;
using Pipeline.Contracts;
using Pipeline.Sinks;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline topics</c>: what is in the log, whether the program runs or not.</summary>
internal static class TopicsCommand
{
    public static Command Build()
    {
        var log = new LogArguments();
        var command = new Command("topics", "List the topics of the log.") { log.Data, log.Config, log.Kafka };
        command.SetAction((parsed, _) => log.UseAsync(parsed, ListAsync));
        command.Subcommands.Add(BuildRead());
        command.Subcommands.Add(MergeCommand.Build());
        return command;
    }

    private static Command BuildRead()
    {
        var topic = new Argument<string>("topic") { Description = "The topic." };
        var partition = Arguments.Number("--partition", "One partition only.");
        var from = new Option<string>("--from") { Description = "An offset, a time (RFC 3339), 'earliest' or 'latest'.", DefaultValueFactory = _ => "earliest" };
        var count = Arguments.Number("--count", "So many records.");
        var follow = new Option<bool>("--follow") { Description = "Go on with what comes, until interrupted." };
        var arguments = new LogArguments();
        var command = new Command("read", "Print the records of a topic, one JSON object a line.") { topic, partition, from, count, follow, arguments.Data, arguments.Config, arguments.Kafka };
        command.SetAction((parsed, interrupted) => arguments.UseAsync(parsed, async log =>
        {
            var found = await log.TopicAsync(parsed.GetValue(topic)!, interrupted);
            var only = (int?)parsed.GetValue(partition);
            if (only >= found.Partitions.Count) throw new UnknownTopicException(new TopicPartition(found.Name, only.Value));
            var start = RecordStart.Parse(parsed.GetValue(from)!) ?? throw new FormatException($"--from takes an offset, a time such as 2026-01-01T00:00:00Z, 'earliest' or 'latest', not '{parsed.GetValue(from)}'.");
            var query = new RecordQuery(found, start) { Partition = only, Limit = parsed.GetValue(count) ?? long.MaxValue, Follow = parsed.GetValue(follow) };
            await using var output = Console.OpenStandardOutput();
            await RecordFeed.WriteAsync(log, query, PipeWriter.Create(output), interrupted);
            return 0;
        }));
        return command;
    }

    private static async Task<int> ListAsync(ILogView log)
    {
        foreach (var topic in await log.DescribeAsync(CancellationToken.None))
            for (var p = 0; p < topic.Partitions.Count; p++)
                Console.WriteLine($"{topic.Name,-20} partition {p}  offsets {topic.Partitions[p].First} to {topic.Partitions[p].End}{Size(topic.Partitions[p])}");
        return 0;
    }

    private static string Size(PartitionState partition) => partition.Bytes is { } bytes ? $"  {bytes} bytes" : "";
}
