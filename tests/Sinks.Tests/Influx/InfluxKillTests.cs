using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Sinks.Influx;
using Pipeline.Testing;
using Pipeline.Transport.Embedded;
using Xunit.Abstractions;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>Alone in the process, whose memory it measures.</summary>
[CollectionDefinition(nameof(InfluxKillTests), DisableParallelization = true)]
[Collection(nameof(InfluxKillTests))]
public sealed class InfluxKillTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Series = 50;
    private const long MaxGrowth = 96L << 20;

    [InfluxFact]
    public async Task Every_result_is_there_once_after_the_server_was_killed_twenty_times()
    {
        var folder = Directory.CreateTempSubdirectory("pipeline-influx-kill-");
        await using var influx = await InfluxServer.StartAsync("pipe");
        await using var log = EmbeddedLog.Open(folder.FullName, Specs(), new EmbeddedLogOptions(), TimeProvider.System);
        var options = new InfluxOptions { Url = influx.Address.ToString(), Database = "pipe", MaxPoints = 200, MaxAge = TimeSpan.FromMilliseconds(50) };
        using var writer = new InfluxHttpWriter(options, TimeProvider.System);
        var ledger = new Ledger();
        using var stop = new CancellationTokenSource();
        using var running = new InfluxSink(log, new Topics(), writer, options, new InfluxTools(ledger, TimeProvider.System, output.WriteLine));
        Task[] lanes = [running.RunAsync(0, stop.Token, default), running.RunAsync(1, stop.Token, default)];
        using var enough = new CancellationTokenSource();
        var load = Task.Run(() => LoadAsync(log, enough.Token));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var growth = 0L;

        for (var kill = 0; kill < Kills; kill++)
        {
            var at = Books(ledger).Out;
            await Eventually.Holds("results arrive", () => Books(ledger).Out > at + 500);
            await influx.KillAsync();
            growth = Math.Max(growth, GC.GetTotalMemory(forceFullCollection: true) - before);
            Assert.InRange(Books(ledger).Held, 0, 2 * options.MaxPoints);
            await influx.StartAgainAsync();
        }
        await enough.CancelAsync();
        var written = await load;
        await Eventually.Holds("all are out", () => Books(ledger).Out == written, TimeSpan.FromSeconds(60),
            () => $"{written} are in the log, {Books(ledger)}; {string.Join(", ", lanes.Select(l => $"{l.Status} {l.Exception}"))}");

        Assert.Equal(written, await CountAsync(influx));
        Assert.Equal(LedgerEntry.Zero("sink influx") with { In = written, Out = written }, Books(ledger));
        Assert.InRange(growth, long.MinValue, MaxGrowth);
        output.WriteLine($"{written} results, memory grew by {growth >> 20} MiB");
        await stop.CancelAsync();
        await Task.WhenAll(lanes);
        await log.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static LedgerEntry Books(Ledger ledger) => ledger.Read().SingleOrDefault() ?? LedgerEntry.Zero("sink influx");

    /// <summary>Writes results, each of a series and an end of its own, until told to end.</summary>
    private static async Task<long> LoadAsync(EmbeddedLog log, CancellationToken enough)
    {
        var writer = await log.OpenAsync("load", default);
        var batch = new RecordBatch();
        long count = 0;
        while (!enough.IsCancellationRequested)
        {
            batch.Clear();
            for (var i = 0; i < Series; i++)
            {
                var result = Some.Result(host: "h" + i, end: Some.Now + count / Series * 1000);
                batch.Add(new TopicPartition("windows", i % 2), "k"u8, JsonSerializer.SerializeToUtf8Bytes(result, WireFormat.Records.WindowResult));
            }
            await writer.AppendAsync(batch, default);
            count += Series;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, enough).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return count;
    }

    private static async Task<long> CountAsync(InfluxServer influx)
    {
        var answer = await influx.QueryAsync("pipe", "SELECT count(\"mean\") FROM \"load.value\"");
        return answer.GetProperty("series")[0].GetProperty("values")[0][1].GetInt64();
    }

    private static List<TopicSpec> Specs() =>
        [.. new[] { "windows", "progress", "dead-letter" }.Select(t => new TopicSpec(t, 2, TimeSpan.MaxValue, long.MaxValue, t == "progress"))];
}
