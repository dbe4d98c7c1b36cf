using Pipeline.Bench;
using Pipeline.Bench.Codec;
using Pipeline.Bench.Kafka;
using Pipeline.Bench.Log;
using Pipeline.Bench.Recordings;
using Pipeline.Bench.Windows;

// One word chooses what is measured; the rows come as they are measured, with --json FILE also there, one a line.
switch (args.FirstOrDefault())
{
    case PeerProcess.Word: return PeerProcess.Run(args);
    case KafkaJob.Word: return await KafkaJob.RunAsync(args);
}
var rows = args.FirstOrDefault() switch
{
    "log" => LogBench.MeasureAsync(),
    "decode" => CodecBench.Decode().ToAsyncEnumerable(),
    "encode" => CodecBench.Encode().ToAsyncEnumerable(),
    "windows" => WindowsBench.MeasureAsync(args),
    "replay" => ReplayBench.Measure(args).ToAsyncEnumerable(),
    "kafka" => KafkaBench.MeasureAsync(args),
    "recovery" => RecoveryBench.MeasureAsync(args),
    _ => null,
};
if (rows is null)
{
    await Console.Error.WriteLineAsync("""
        Benchmarks: log, windows, decode, encode, replay, kafka, recovery, faults.
        Options: --json FILE; of windows, replay, kafka and recovery also --runs N; of the first three cases, as B/60s/10s;
        of windows --alone, without the peer; of replay --samples N; of kafka --plain, with input of an ordinary producer.
        """);
    return 2;
}
await using var json = BenchArguments.Text(args, "--json") is { } path ? new StreamWriter(path) { AutoFlush = true } : null;
await foreach (var row in rows)
{
    Console.WriteLine(row);
    if (json is not null) await json.WriteLineAsync(row.ToJson());
}
return 0;
