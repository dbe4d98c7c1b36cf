using Pipeline.Bench.Codec;
using Pipeline.Bench.Kafka;
using Pipeline.Bench.Log;
using Pipeline.Bench.Recordings;
using Pipeline.Bench.Windows;

// One word chooses what is measured; --json FILE also writes the rows there, one a line.
var json = Array.IndexOf(args, "--json") is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
return args.FirstOrDefault() switch
{
    "log" => await LogBench.RunAsync(json),
    "decode" => await CodecBench.DecodeAsync(json),
    "encode" => await CodecBench.EncodeAsync(json),
    PeerProcess.Word => PeerProcess.Run(args),
    "windows" => await WindowsBench.RunAsync(json, args),
    "replay" => await ReplayBench.RunAsync(json, args),
    "kafka" => await KafkaBench.RunAsync(json, args),
    "recovery" => await RecoveryBench.RunAsync(json, args),
    "kafka-job" => await KafkaJob.RunAsync(args[1], WindowCase.All.First(c => c.ToString() == args[2])), // of the bench itself
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Benchmarks: log, windows, decode, encode, replay, kafka, recovery, faults. Options: --json FILE; of windows, replay, kafka and recovery also --runs N; of the first three cases, as B/60s/10s.");
    return 2;
}
