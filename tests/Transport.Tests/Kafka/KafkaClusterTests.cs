using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

/// <summary>A cluster of three brokers of its own.</summary>
[Trait("Needs", "kafka")]
public sealed class KafkaClusterTests
{
    private const int Brokers = 3;
    private const int Partitions = 2 * Brokers; // every broker leads some
    private static readonly Topics Names = new();

    [Fact]
    public async Task Broker_that_has_lost_its_partitions_without_knowing_hides_no_progress()
    {
        await using var kafka = await KafkaServer.StartAsync("--brokers", $"{Brokers}");
        var logs = Enumerable.Range(0, 5).Select(_ => Open(kafka)).ToList(); // each asks one of the brokers for the leaders, by chance
        await logs[0].CreateTopicsAsync();
        await WriteAsync(kafka, 0);
        Assert.All(await ReadAsync(logs), last => Assert.Equal(0, last.RewindTo));
        for (var broker = 1; broker <= Brokers; broker++)
        {
            kafka.Pause(broker);
            await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System); // the others notice after three
            await WriteAsync(kafka, broker);
            var reading = ReadAsync(logs);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            kafka.Resume(broker);
            Assert.All(await reading, last => Assert.Equal(broker, last.RewindTo));
        }
        foreach (var log in logs) await log.DisposeAsync();
    }

    private static KafkaLog Open(KafkaServer kafka) => new(
        new KafkaOptions { Servers = kafka.Servers }, Names, [new TopicSpec(Names.Progress, Partitions, TimeSpan.MaxValue, long.MaxValue)], TimeProvider.System, _ => { });

    private static async Task WriteAsync(KafkaServer kafka, long rewindTo)
    {
        await using var log = Open(kafka);
        var batch = new RecordBatch();
        for (var p = 0; p < Partitions; p++) batch.AddProgress(Names.Progress, new Progress("s", p, rewindTo, new WatermarkRecord(0, []), 0, -1, 0, new Dictionary<string, long>()));
        await Answered("a progress of each partition is written", async () =>
        {
            await (await log.OpenAsync("s", default)).AppendAsync(batch, default);
            return batch;
        });
    }

    private static Task<Progress[]> ReadAsync(IEnumerable<KafkaLog> logs) => Task.WhenAll(logs.SelectMany(_ => Enumerable.Range(0, Partitions), (log, p) =>
        Answered("the last progress is read", () => log.LastProgressAsync(Names.Progress, "s", p, default))));

    /// <summary>Asks again where Kafka did not answer, as a stage does.</summary>
    private static Task<T> Answered<T>(string what, Func<Task<T?>> ask) where T : class => Eventually.Get(what, async () =>
    {
        try
        {
            return await ask();
        }
        catch (Exception e) when (e is LogUnavailableException or OutcomeUnknownException)
        {
            return null;
        }
    }, TimeSpan.FromSeconds(120));
}
