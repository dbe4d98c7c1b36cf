using System.Globalization;
using Pipeline.Bench.Windows;
using Pipeline.Testing;

namespace Pipeline.Bench.Kafka;

/// <summary>
/// The whole job on a real Kafka with one partition: JSON decoded, windows of 60 s by 10 s with all statistics and their sketches, results
/// committed exactly once. Beside it, in the same run, a bare consumer; and what Flink 2.1.1 reached on such a machine. With <c>--plain</c> the
/// input is written by an ordinary producer and not by the product.
/// </summary>
public static class KafkaBench
{
    private const int Runs = 3;

    private static readonly (WindowCase Case, int Samples, double Flink, double FlinkCpu, double FlinkMegabytes)[] Cases =
    [
        (new("A", 60, 10), 10_000_000, 267_000, 5.8, 975),
        (new("B", 60, 10), 3_000_000, 41_000, 40, 2400),
    ];

    public static async IAsyncEnumerable<BenchRow> MeasureAsync(string[] args)
    {
        var runs = BenchArguments.Number(args, "--runs", Runs);
        var isPlain = args.Contains("--plain");
        var name = isPlain ? "kafka plain" : "kafka";
        var chosen = WindowCase.Chosen(args, Cases.Select(c => c.Case));
        foreach (var (of, samples, flink, flinkCpu, flinkMegabytes) in Cases.Where(c => chosen.Contains(c.Case)))
        {
            var (consume, ours) = await MeasureAsync(of, samples, isPlain, runs);
            yield return new BenchRow(name, of.Density, of.Window, ours.Rate, consume, "Confluent Consume()", "records/s");
            yield return new BenchRow(name, of.Density, of.Window, ours.Rate, flink, "Flink 2.1.1, elsewhere", "records/s");
            yield return new BenchRow(name, of.Density, of.Window, ours.Cpu, flinkCpu, "Flink 2.1.1, elsewhere", "CPU s per million");
            yield return new BenchRow(name, of.Density, of.Window, ours.Megabytes, flinkMegabytes, "Flink 2.1.1, elsewhere", "MB at most");
        }
    }

    private static async Task<(double Consume, JobFigures Ours)> MeasureAsync(WindowCase of, int samples, bool isPlain, int runs)
    {
        List<double> consume = [];
        List<JobFigures> ours = [];
        for (var round = 0; round < runs; round++)
        {
            await using var kafka = await KafkaServer.StartAsync(); // the results of the last round would be done already
            long records;
            await using (var log = KafkaJob.Open(kafka.Servers, KafkaJob.All))
            {
                await log.CreateTopicsAsync();
                records = isPlain ? KafkaFill.RunPlain(kafka.Servers, of, samples) : await KafkaFill.RunAsync(log, of, samples);
            }
            consume.Add(PlainConsumer.Measure(kafka.Servers, KafkaJob.Topics.Observations, records));
            ours.Add(await RunJobAsync(kafka.Servers, of));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{of}: Consume() {consume[^1]:f0} records/s, ours {ours[^1]}"));
        }
        return (consume.Order().ElementAt(runs / 2), ours.OrderBy(o => o.Rate).ElementAt(runs / 2));
    }

    private static async Task<JobFigures> RunJobAsync(string servers, WindowCase of)
    {
        var figures = await BenchProcess.RunAsync([KafkaJob.Word, servers, of.ToString()]);
        return new JobFigures(figures[0], figures[1], figures[2]);
    }

    /// <param name="Rate">Records a second.</param>
    /// <param name="Cpu">CPU seconds per million records.</param>
    /// <param name="Megabytes">The most that was resident.</param>
    private sealed record JobFigures(double Rate, double Cpu, double Megabytes);
}
