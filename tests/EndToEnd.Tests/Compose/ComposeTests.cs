using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests.Compose;

[CollectionDefinition(nameof(ComposeTests), DisableParallelization = true)]
public sealed class ComposeCollection;

[Collection(nameof(ComposeTests))]
public sealed partial class ComposeTests(ComposeStack stack) : IClassFixture<ComposeStack>
{
    private static readonly string[] Roles = ["ingest", "process", "sink", "page"];

    [EngineFact]
    public async Task Windows_of_the_machine_and_of_the_probes_are_in_InfluxDB()
    {
        foreach (var metric in new[] { "hardware.filesystem_utilization_ratio", "hardware.network_io_bytes_per_second", "probe.ttfb_seconds", "pipeline.stage_lag_records" })
            await Eventually.Get(metric, async () => await stack.QueryAsync($"SELECT last(\"mean\") FROM \"{metric}\" GROUP BY *") is [_, ..] ? "yes" : null, TimeSpan.FromMinutes(3));
    }

    [EngineFact]
    public async Task Hardware_is_that_of_the_machine_and_not_of_the_container()
    {
        await stack.DataGoesOnAsync("at first");
        var devices = await stack.QueryAsync("SHOW TAG VALUES FROM \"hardware.network_io_bytes_per_second\" WITH KEY = \"device\"");
        Assert.Contains("docker0", devices[0].GetProperty("values").EnumerateArray().Select(v => v[1].GetString()));
        var hosts = await stack.QueryAsync("SHOW TAG VALUES FROM \"hardware.cpu_load_average_1m\" WITH KEY = \"host\"");
        Assert.Equal([ComposeStack.Node], hosts[0].GetProperty("values").EnumerateArray().Select(v => v[1].GetString()));
    }

    [EngineFact]
    public async Task Nobody_but_this_machine_is_let_in_and_no_role_is_root()
    {
        var containers = await stack.ContainersAsync();
        Assert.All(containers.SelectMany(c => c.Listeners), address => Assert.Equal("127.0.0.1", address));
        foreach (var container in containers.Where(c => Roles.Contains(c.Service)))
            Assert.Equal("1654", (await ComposeStack.ExecAsync(container, "id", "-u")).Trim());
    }

    [EngineFact]
    public async Task Each_container_that_is_killed_comes_back_and_the_data_goes_on_with_no_result_twice()
    {
        await stack.DataGoesOnAsync("at first");
        foreach (var service in (string[])["kafka", "influxdb", .. Roles])
        {
            await stack.KillAsync(await stack.ContainerAsync(service));
            await stack.DataGoesOnAsync($"after {service} was killed");
        }
        var windows = await stack.GetAsync(await stack.ContainerAsync("page"), "/api/windows?metric=hardware.cpu_load_average_1m");
        Assert.NotEqual(0, JsonDocument.Parse(windows).RootElement.GetArrayLength());
        await EveryResultIsInKafkaOnceAsync();
    }

    [EngineFact]
    public async Task Three_processes_share_the_partitions()
    {
        await stack.UpAsync(containers: 8, "--scale", "process=3");
        await EachPartitionHasOneProcessAsync();
        await stack.KillAsync(await stack.ContainerAsync("process"));
        await EachPartitionHasOneProcessAsync();
        await stack.DataGoesOnAsync("with three processes");
        var beats = await ReadAsync("members");
        Assert.Equal(4, beats.Select(Member).Distinct().Count()); // the sink too, and each has one name however often it was killed
    }

    private async Task EachPartitionHasOneProcessAsync()
    {
        var processes = (await stack.ContainersAsync()).Where(c => c.Service == "process").ToList();
        await Eventually.Get("each of the four partitions has one process", async () =>
        {
            var shares = await Task.WhenAll(processes.Select(PartitionsAsync));
            return shares.All(s => s.Count > 0) && shares.SelectMany(s => s).Order().SequenceEqual([0, 1, 2, 3]) ? "yes" : null;
        }, TimeSpan.FromMinutes(1));
    }

    private async Task<IReadOnlyList<int>> PartitionsAsync(Container process)
    {
        var metrics = await stack.GetAsync(process, "/metrics");
        return [.. WindowsStage().Matches(metrics).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
    }

    private async Task EveryResultIsInKafkaOnceAsync()
    {
        var keys = (await ReadAsync("windows")).Select(Key).ToList();
        Assert.Empty(keys.GroupBy(k => k).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    /// <summary>A topic that goes on growing, as Kafka's own consumer reads it, from the first record on.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync(string topic)
    {
        var kafka = await stack.ContainerAsync("kafka");
        Task<string> Tool(string tool, params string[] arguments) =>
            ComposeStack.ExecAsync(kafka, [$"/opt/kafka/bin/kafka-{tool}.sh", "--bootstrap-server", "localhost:9092", "--topic", topic, .. arguments]);
        var offsets = (await Tool("get-offsets")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var records = offsets.Sum(line => long.Parse(line.Split(':')[^1], CultureInfo.InvariantCulture)); // the ends of transactions count too, so it waits a little
        var read = (await Tool("console-consumer", "--from-beginning", "--isolation-level", "read_committed", "--max-messages", $"{records}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(records, read.Length);
        return read;
    }

    private static string Member(string beat)
    {
        using var json = JsonDocument.Parse(beat);
        return json.RootElement.GetProperty("member").GetString()!;
    }

    /// <summary>What one result is told from all others by.</summary>
    private static string Key(string result)
    {
        using var json = JsonDocument.Parse(result);
        string Text(string name) => json.RootElement.GetProperty(name).GetRawText();
        return string.Join(' ', Text("window"), Text("metric"), Text("labels"), Text("end"), Text("revision"));
    }

    [GeneratedRegex("""pipeline_stage_lag_records\{stage="windows",partition="(\d+)"\}""")]
    private static partial Regex WindowsStage();
}
