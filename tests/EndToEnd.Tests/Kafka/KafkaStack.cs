using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Kafka;

namespace Pipeline.EndToEnd.Tests;

/// <summary>A Kafka of our own, one program that ingests and several that process.</summary>
internal sealed class KafkaStack(KafkaServer kafka, PipelineProgram ingest, IReadOnlyList<PipelineProgram> processors) : IAsyncDisposable
{
    private static readonly Topics Names = new();

    public KafkaServer Kafka => kafka;
    public PipelineProgram Ingest => ingest;
    public IReadOnlyList<PipelineProgram> Processors => processors;

    /// <param name="config">With the windows, and <c>log.partitions</c>.</param>
    public static async Task<KafkaStack> StartAsync(string config, int processors, params string[] kafkaArguments)
    {
        var kafka = await KafkaServer.StartAsync(kafkaArguments);
        var stack = new KafkaStack(kafka, new PipelineProgram(config), [.. Enumerable.Range(0, processors).Select(_ => new PipelineProgram(config))]);
        try
        {
            await stack.Ingest.StartAsync("--roles", "ingest", "--kafka", kafka.Servers);
            await Task.WhenAll(stack.Processors.Select(stack.StartAsync));
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one that processes, for the first time or after it was killed.</summary>
    public Task StartAsync(PipelineProgram processor) => processor.StartAsync("--roles", "process", "--kafka", kafka.Servers);

    /// <summary>Everything that processes has caught up, holds no window open, and its ledgers balance.</summary>
    public Task EveryWindowIsFinal() => Eventually.Get("every window is final", async () =>
    {
        foreach (var program in Processors)
        {
            if (!(await program.Http.GetAsync("/readyz")).IsSuccessStatusCode) return null;
            using var ledger = JsonDocument.Parse(await program.Http.GetStringAsync("/api/ledger"));
            foreach (var row in ledger.RootElement.EnumerateArray())
            {
                Assert.Equal(0, row.GetProperty("difference").GetInt64());
                if (row.GetProperty("held").GetInt64() != 0) return null;
            }
        }
        return "yes";
    }, TimeSpan.FromSeconds(120));

    public async Task<LogCensus> TakeCensusAsync(IReadOnlyList<Processing.WindowOptions> windows)
    {
        TopicSpec[] topics = [.. new[] { Names.Observations, Names.Windows }.Select(t => new TopicSpec(t, 1, TimeSpan.MaxValue, long.MaxValue))];
        await using var log = new KafkaLog(new KafkaOptions { Servers = kafka.Servers }, Names, topics, TimeProvider.System, _ => { });
        var census = new LogCensus(windows);
        await census.ReadAsync(log);
        return census;
    }

    public async ValueTask DisposeAsync()
    {
        ingest.Dispose();
        foreach (var processor in processors) processor.Dispose();
        await kafka.DisposeAsync();
    }
}
