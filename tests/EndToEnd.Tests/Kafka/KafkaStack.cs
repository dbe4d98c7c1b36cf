using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Kafka;
using Xunit.Sdk;

namespace Pipeline.EndToEnd.Tests;

/// <summary>A Kafka of our own, one program that ingests and several that process.</summary>
internal sealed partial class KafkaStack(KafkaServer kafka, PipelineProgram ingest, IReadOnlyList<PipelineProgram> processors) : IAsyncDisposable
{
    private static readonly Topics Names = new();

    public KafkaServer Kafka => kafka;
    public PipelineProgram Ingest => ingest;
    public IReadOnlyList<PipelineProgram> Processors => processors;

    /// <param name="config">With the windows, and <c>log.partitions</c>.</param>
    public static async Task<KafkaStack> StartAsync(string config, int processors, params string[] kafkaArguments)
    {
        var stack = await StartFedAsync(config, processors, kafkaArguments);
        await stack.Ingest.StartAsync("--roles", "ingest", "--kafka", stack.Kafka.Servers);
        return stack;
    }

    /// <summary>Without the program that ingests: the test writes the observations, and times are what it says.</summary>
    public static async Task<KafkaStack> StartFedAsync(string config, int processors, params string[] kafkaArguments)
    {
        var kafka = await KafkaServer.StartAsync(kafkaArguments);
        var stack = new KafkaStack(kafka, new PipelineProgram(config), [.. Enumerable.Range(0, processors).Select(_ => new PipelineProgram(config))]);
        try
        {
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
    public Task EveryWindowIsFinal()
    {
        var missing = "";
        return Eventually.Get("every window is final", async () => (missing = await MissingAsync()).Length == 0 ? "yes" : null, TimeSpan.FromSeconds(120),
            () => $"{missing}\n{string.Join("\n\n", Processors.Select(p => p.Said))}");
    }

    /// <summary>Who has something left to do.</summary>
    private async Task<string> MissingAsync()
    {
        foreach (var program in Processors)
        {
            program.MustRun();
            using var ready = await program.Http.GetAsync("/readyz");
            if (!ready.IsSuccessStatusCode) return $"{program.Address}: {await ready.Content.ReadAsStringAsync()}\n{await program.Http.GetStringAsync("/metrics")}";
            using var ledger = JsonDocument.Parse(await program.Http.GetStringAsync("/api/ledger"));
            foreach (var row in ledger.RootElement.EnumerateArray())
            {
                Assert.Equal(0, row.GetProperty("difference").GetInt64());
                if (row.GetProperty("held").GetInt64() != 0) return $"{program.Address}: {row}\n{await program.Http.GetStringAsync("/metrics")}";
            }
        }
        return "";
    }

    /// <summary>The topics as somebody else sees them.</summary>
    public KafkaLog OpenLog()
    {
        TopicSpec[] topics = [.. new[] { Names.Observations, Names.Windows }.Select(t => new TopicSpec(t, 1, TimeSpan.MaxValue, long.MaxValue))];
        return new KafkaLog(new KafkaOptions { Servers = kafka.Servers }, Names, topics, TimeProvider.System, _ => { });
    }

    public async Task<LogCensus> TakeCensusAsync(IReadOnlyList<Processing.WindowOptions> windows)
    {
        await using var log = OpenLog();
        var census = new LogCensus(windows);
        await census.ReadAsync(log);
        return census;
    }

    /// <summary>Waits until there are as many results as windows, and sees that each is right.</summary>
    public async Task<LogCensus> EveryWindowIsRight(IReadOnlyList<Processing.WindowOptions> windows)
    {
        var census = await Eventually.Get("as many results as windows", async () =>
        {
            var taken = await TakeCensusAsync(windows);
            return taken.Published.DistinctBy(r => (r.Key, WindowEnd(r))).Count() >= taken.Batch.Closed().Count ? taken : null;
        }, TimeSpan.FromSeconds(120));
        try
        {
            WindowAssert.Equal(census.Batch.Closed(), census.Published);
        }
        catch (XunitException e)
        {
            throw new XunitException($"{e.Message}\n{await WitnessAsync(e.Message)}");
        }
        return census;
    }

    /// <summary>What Kafka's own consumer has of the windows of the end that a message names, with who wrote each (<c>ce_id</c>); and what the programs said.</summary>
    private async Task<string> WitnessAsync(string message)
    {
        var read = await kafka.ToolAsync("consume", "--topic", Names.Windows, "--from-beginning", "--timeout-ms", "5000", "--isolation-level", "read_committed",
            "--formatter-property", "print.partition=true", "--formatter-property", "print.offset=true", "--formatter-property", "print.timestamp=true", "--formatter-property", "print.headers=true");
        var end = EndOf().Match(message).Value;
        var lines = read.Split('\n').Where(l => end.Length > 0 && l.Contains($"\"end\":{end}", StringComparison.Ordinal)).Select(l => l[..Math.Min(l.Length, 400)]);
        return $"{string.Join('\n', lines)}\n\n{string.Join("\n\n", processors.Select(p => p.Said))}";
    }

    [GeneratedRegex(@"(?<=\bEnd = )\d+")]
    private static partial Regex EndOf();

    private static string WindowEnd(ReadRecord record)
    {
        using var json = JsonDocument.Parse(record.Value);
        return $"{json.RootElement.GetProperty("window")}/{json.RootElement.GetProperty("metric")}/{json.RootElement.GetProperty("labels")}/{json.RootElement.GetProperty("end")}";
    }

    public async ValueTask DisposeAsync()
    {
        ingest.Dispose();
        foreach (var processor in processors) processor.Dispose();
        await kafka.DisposeAsync();
    }
}
