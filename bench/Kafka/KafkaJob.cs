using System.Globalization;
using Pipeline.Bench.Windows;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Transport;
using Pipeline.Transport.Kafka;

namespace Pipeline.Bench.Kafka;

/// <summary>The stage of the product over one partition of a topic that is full already, in a process of its own, with its figures on the console.</summary>
internal static class KafkaJob
{
    public const string Word = "kafka-job";

    public static readonly Topics Topics = new();

    public static KafkaLog Open(string servers, params string[] topics) => new(
        new KafkaOptions { Servers = servers }, Topics, [.. topics.Select(t => new TopicSpec(t, 1, TimeSpan.FromDays(365), 1L << 40))], TimeProvider.System, Console.Error.WriteLine);

    public static string[] All { get; } = [Topics.Observations, Topics.Partials, Topics.Windows, Topics.Late, Topics.DeadLetter, Topics.Progress];

    /// <summary>Prints: records a second, CPU seconds per million records, peak resident megabytes.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (servers, of) = (args[1], WindowCase.Parse(args[2]));
        await using var log = Open(servers, All);
        var end = (await log.DescribeAsync(default)).First(t => t.Name == Topics.Observations).Partitions[0].End;
        var ledger = new Ledger();
        var flow = new WindowFlows([new WindowPlan(new WindowDefinition(of.Options(sketch: true)), SpansPartitions: false)], Topics, 1, new ProcessingOptions(), ledger).Windows;
        var positions = new StagePositions();
        var stage = new Stage(flow, log, new StageTools(Topics, positions, TimeProvider.System), new StageLimits(50_000, 16 << 20, MaxAge: TimeSpan.FromMilliseconds(100)));
        using var stop = new CancellationTokenSource();
        var (start, cpu) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var running = stage.RunAsync(0, stop.Token, default);
        while (!running.IsCompleted && !positions.All.Any(p => p.Next >= end)) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        var (seconds, used) = (TimeProvider.System.GetElapsedTime(start).TotalSeconds, Environment.CpuUsage.TotalTime - cpu);
        await stop.CancelAsync();
        await running;
        var read = ledger.Read().First(r => r.Name == "stage windows").In;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read / seconds:f0} {used.TotalSeconds * 1e6 / read:f2} {PeakMegabytes():f0}"));
        return 0;
    }

    private static double PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
