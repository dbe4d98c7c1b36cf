using System.CommandLine;
using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Host.Configuration;
using Pipeline.Sinks;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline record</c>: copies topics into a file that <c>pipeline replay</c> runs through the windows again.</summary>
internal static class RecordCommand
{
    public static Command Build()
    {
        var log = new LogArguments();
        var topics = new Option<string[]>("--topics") { Description = "The topics to record, with commas between them; the observations unless given.", AllowMultipleArgumentsPerToken = true };
        var from = new Option<string>("--from") { Description = "'earliest', 'latest', a time (RFC 3339) or an offset.", DefaultValueFactory = _ => "earliest" };
        var follow = new Option<bool>("--follow") { Description = "Go on with what comes, until interrupted." };
        var file = new Option<string>("--out") { Description = "The file to write; there may be none of that name yet.", Required = true };
        var command = new Command("record", "Record topics of the log into one file, without secrets.") { topics, log.Data, log.Kafka, log.Config, from, follow, file };
        command.SetAction(async (parsed, interrupted) =>
        {
            await Task.Yield(); // the command line listens for signals as soon as it has the task
            var loaded = log.Load(parsed);
            if (loaded.Options is not { } options) return loaded.Report(Console.Error);
            var names = parsed.GetValue(topics) is { Length: > 0 } given ? given.SelectMany(t => t.Split(',')).ToList() : [new Topics(options.Log.Prefix).Observations];
            return await ReadOnlyLog.UseAsync(options, parsed.GetValue(log.Data)!, async view =>
            {
                var start = RecordStart.Parse(parsed.GetValue(from)!) ?? throw new FormatException($"--from takes 'earliest', 'latest', a time such as 2026-01-01T00:00:00Z or an offset, not '{parsed.GetValue(from)}'.");
                var parts = await PartsAsync(view, names, start, interrupted);
                return await RecordAsync(view, parts, new(parsed.GetValue(file)!, Header(loaded, options, parts), parsed.GetValue(follow)), interrupted);
            });
        });
        return command;
    }

    private static async Task<IReadOnlyList<RecordedPart>> PartsAsync(ILogView log, IReadOnlyList<string> names, RecordStart start, CancellationToken abort)
    {
        var topics = await log.DescribeAsync(abort);
        var parts = new List<RecordedPart>();
        foreach (var name in names.Distinct())
        {
            var topic = topics.FirstOrDefault(t => t.Name == name) ?? throw new UnknownTopicException(new TopicPartition(name, 0));
            for (var p = 0; p < topic.Partitions.Count; p++)
            {
                var (partition, state) = (new TopicPartition(name, p), topic.Partitions[p]);
                var from = start.Time is { } time ? await log.OffsetAtAsync(partition, state, time, abort) : Math.Clamp(start.Offset!.Value, state.First, state.End);
                parts.Add(new RecordedPart(partition, from, state.End));
            }
        }
        return parts;
    }

    private static RecordingHeader Header(LoadedConfiguration loaded, PipelineOptions options, IReadOnlyList<RecordedPart> parts)
    {
        var configuration = PublicConfiguration.Of<PipelineOptions>(File.ReadAllBytes(loaded.File));
        var topics = parts.GroupBy(p => p.Partition.Topic).Select(t => new RecordedTopic(t.Key, [.. t.Select(p => p.From)]));
        return new RecordingHeader(
            $"{Product.Name} {Product.Version}", UnixTime.ToRfc3339(TimeProvider.System.UnixMilliseconds()),
            (string?)configuration["node"] ?? Environment.MachineName, options.Log.Prefix, [.. topics], configuration);
    }

    private static async Task<int> RecordAsync(ILogView log, IReadOnlyList<RecordedPart> parts, RecordingPlan plan, CancellationToken interrupted)
    {
        try
        {
            using var writer = RecordingWriter.Create(plan.File, plan.Header);
            var line = new ProgressLine(TimeProvider.System);
            await new Recorder(log, writer, TimeProvider.System).RunAsync(parts, plan.Follow, () => line.Show(() => Figures(writer)), interrupted);
            writer.Complete();
            line.End($"{plan.File}: {Figures(writer)}{(interrupted.IsCancellationRequested && !plan.Follow ? ", interrupted before the end of the topics" : "")}");
            return interrupted.IsCancellationRequested && !plan.Follow ? ExitCodes.Failed : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Cannot write {plan.File}: {e.Message} Name another file with --out.");
            return ExitCodes.Failed;
        }
    }

    private static string Figures(RecordingWriter writer) =>
        string.Create(CultureInfo.InvariantCulture, $"{writer.Records:N0} records, {writer.Bytes / 1e6:N1} MB");

    private sealed record RecordingPlan(string File, RecordingHeader Header, bool Follow);
}
