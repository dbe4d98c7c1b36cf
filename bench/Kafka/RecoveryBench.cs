using System.Globalization;
using System.Text.RegularExpressions;
using Pipeline.Bench.Windows;
using Pipeline.Testing;

namespace Pipeline.Bench.Kafka;

/// <summary>
/// How long a process that is killed with kill -9 is missed: until the windows of five minutes by ten seconds over a thousand series a second
/// are computed as they come in again, by another process, or by the same one started at once.
/// </summary>
public static partial class RecoveryBench
{
    private const int Runs = 5;

    /// <summary>Half a second of input: less is on its way at any time.</summary>
    private const int Usual = 500;
    private const double FlinkSeconds = 10.6;

    private static readonly WindowCase Case = new("A", 300, 10);
    private static readonly TimeSpan Past = TimeSpan.FromSeconds(400);

    /// <summary>By then what is past has been written and read.</summary>
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private const string Config = """
        {
          "hardware": null, "log": { "partitions": 1 },
          "windows": [{ "name": "w", "metric": "bench.value", "by": ["*"], "size": "300s", "slide": "10s" }]
        }
        """;

    public static async IAsyncEnumerable<BenchRow> MeasureAsync(string[] args)
    {
        var runs = BenchArguments.Number(args, "--runs", Runs);
        await using var kafka = await KafkaServer.StartAsync();
        using PipelineProgram one = new(Config), other = new(Config);
        using var stop = new CancellationTokenSource();
        await StartAsync(one, kafka);
        await using var log = KafkaJob.Open(kafka.Servers, KafkaJob.All);
        var feeding = new LiveFeed(log, new Workload(Case, 1_000_000)).RunAsync(Past, stop.Token);
        await Task.Delay(Settle, TimeProvider.System);
        var restarted = await TimesAsync(runs, () => RestartAsync(one, kafka));
        await StartAsync(other, kafka);
        var takenOver = await TimesAsync(runs, () => TakeOverAsync(one, other, kafka));
        await stop.CancelAsync();
        await feeding;
        yield return Row("taken over", takenOver);
        yield return Row("restarted", restarted);
    }

    private static BenchRow Row(string how, List<double> seconds) =>
        new($"recovery {how}", Case.Density, Case.Window, Math.Round(seconds.Order().ElementAt(seconds.Count / 2), 2), FlinkSeconds, "Flink 2.1.1, elsewhere", "s");

    private static async Task<List<double>> TimesAsync(int runs, Func<Task<double>> recover)
    {
        var times = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            times.Add(await recover());
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[^1]:f2} s"));
            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        }
        return times;
    }

    private static Task<double> RestartAsync(PipelineProgram program, KafkaServer kafka)
    {
        program.Kill();
        return SecondsUntilUsualAsync(program, StartAsync(program, kafka));
    }

    /// <summary>Kills the one that has the partition, and starts it again when the other one is at normal speed.</summary>
    private static async Task<double> TakeOverAsync(PipelineProgram one, PipelineProgram other, KafkaServer kafka)
    {
        var (owner, successor) = await LagAsync(one) is null ? (other, one) : (one, other);
        owner.Kill();
        var seconds = await SecondsUntilUsualAsync(successor);
        await StartAsync(owner, kafka);
        while (await LagAsync(one) is null && await LagAsync(other) is null) await Task.Delay(Look, TimeProvider.System);
        return seconds;
    }

    private static Task StartAsync(PipelineProgram program, KafkaServer kafka) => program.StartAsync("--roles", "process", "--kafka", kafka.Servers);

    private static async Task<double> SecondsUntilUsualAsync(PipelineProgram program, Task? started = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        if (started is not null) await started;
        while (await LagAsync(program) is not <= Usual) await Task.Delay(Look, TimeProvider.System);
        return TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>How many observations a program has yet to read; null where it has not the partition.</summary>
    private static async Task<double?> LagAsync(PipelineProgram program) =>
        Lag().Match(await program.Http.GetStringAsync("/metrics")) is { Success: true } lag ? double.Parse(lag.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("""pipeline_stage_lag_records\{stage="windows",partition="0"\} (\S+)""")]
    private static partial Regex Lag();
}
