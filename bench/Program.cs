using Pipeline.Bench;
using Pipeline.Bench.Codec;
using Pipeline.Bench.Kafka;
using Pipeline.Bench.Log;
using Pipeline.Bench.Recordings;
using Pipeline.Bench.Windows;
using Pipeline.Testing;

// A word chooses what is measured, none means all; the rows come as they are measured, with --json FILE also there, one a line.
switch (args.FirstOrDefault())
{
    case PeerProcess.Word: return PeerProcess.Run(args);
    case KafkaJob.Word: return await KafkaJob.RunAsync(args);
}
(string Word, bool NeedsKafka, Func<IAsyncEnumerable<BenchRow>> Measure)[] all =
[
    ("replay", false, () => ReplayBench.Measure(args).ToAsyncEnumerable()), // first, since it tells the most memory that this process took
    ("log", false, LogBench.MeasureAsync),
    ("decode", false, () => CodecBench.Decode().ToAsyncEnumerable()),
    ("encode", false, () => CodecBench.Encode().ToAsyncEnumerable()),
    ("windows", false, () => WindowsBench.MeasureAsync(args)),
    ("rewind", false, () => RewindBench.Measure(args).ToAsyncEnumerable()),
    ("kafka", true, () => KafkaBench.MeasureAsync(args)),
    ("recovery", true, () => RecoveryBench.MeasureAsync(args)),
];
var chosen = args is [] or [['-', ..], ..] ? all.Where(b => !b.NeedsKafka || KafkaServer.CanStart) : all.Where(b => b.Word == args[0]);
if (!chosen.Any())
{
    await Console.Error.WriteLineAsync("""
        Benchmarks: log, windows, decode, encode, rewind, replay, kafka, recovery, and faults, which is not among all.
        Without a word all are run, kafka and recovery where there is a Kafka.
        Options: --json FILE; of windows, replay, kafka and recovery also --runs N; of windows, rewind, replay and kafka cases, as B/60s/10s;
        of windows --alone, without the peer; of replay --samples N; of kafka --plain, with input of an ordinary producer.
        """);
    return 2;
}
await using var json = BenchArguments.Text(args, "--json") is { } path ? new StreamWriter(path) { AutoFlush = true } : null;
foreach (var benchmark in chosen)
    await foreach (var row in benchmark.Measure())
    {
        Console.WriteLine(row);
        if (json is not null) await json.WriteLineAsync(row.ToJson());
    }
return 0;
