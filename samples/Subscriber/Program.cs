using System.Text.Json;
using Confluent.Kafka;

// Prints each result of a window as it comes, from the oldest on: Subscriber localhost:9092 windows
if (args is not [var servers, var topic])
{
    Console.Error.WriteLine("Subscriber SERVERS TOPIC, for example: Subscriber localhost:9092 windows");
    return 2;
}
using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    interrupted.Cancel();
};
using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig
{
    BootstrapServers = servers,
    GroupId = "subscriber", // processes of one group share the partitions, and go on where they left off
    IsolationLevel = IsolationLevel.ReadCommitted, // results once, and never one that was given up
    AutoOffsetReset = AutoOffsetReset.Earliest,
}).Build();
consumer.Subscribe(topic);
var json = new JsonSerializerOptions(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };
try
{
    while (true)
    {
        var record = consumer.Consume(interrupted.Token);
        if (Read(record.Message.Value) is not { } result)
        {
            Console.Error.WriteLine($"{record.TopicPartitionOffset} is no result of a window."); // a tombstone, or somebody else's record
            continue;
        }
        var labels = string.Join(", ", result.Labels.Select(l => $"{l.Key}={l.Value}"));
        var corrected = result.Revision > 1 ? $", corrected ({result.Revision})" : ""; // replaces the same window, metric, labels and end
        Console.WriteLine($"{DateTimeOffset.FromUnixTimeMilliseconds(result.End):HH:mm:ss} {result.Metric} {{{labels}}}: {result.Count} samples, mean {result.Mean:G4}, p95 {result.Quantiles.GetValueOrDefault("0.95"):G4}{corrected}");
    }
}
catch (OperationCanceledException)
{
    consumer.Close();
    return 0;
}

WindowResult? Read(byte[]? value)
{
    try { return value is null ? null : JsonSerializer.Deserialize<WindowResult>(value, json); }
    catch (JsonException) { return null; }
}

/// <summary>What this program needs of docs/schemas/window.v1.json.</summary>
internal sealed record WindowResult(
    string Window, string Metric, IReadOnlyDictionary<string, string> Labels, long End, int Revision, long Count, double Mean,
    IReadOnlyDictionary<string, double> Quantiles);
