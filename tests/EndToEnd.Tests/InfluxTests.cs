using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed class InfluxTests
{
    [InfluxFact]
    public async Task A_stop_sends_every_result_first_with_a_password_from_the_environment()
    {
        await using var influx = await InfluxServer.StartForAsync("u", "s3cret", "pipe");
        await using var slow = await SlowInflux.StartAsync(influx.Address);
        using var program = new PipelineProgram($$"""
            {
              "node": "test", "push": { "lateness": "1s" }, "hardware": { "interval": "100ms" },
              "windows": [ { "name": "hardware", "metric": "hardware.*", "size": "200ms" } ],
              "influx": { "url": "{{slow.Address}}", "database": "pipe", "user": "u", "password": "${env:PIPELINE_TEST_PASSWORD}", "maxAge": "10ms" }
            }
            """) { Variables = new Dictionary<string, string> { ["PIPELINE_TEST_PASSWORD"] = "s3cret" } };
        await program.StartAsync();
        await Eventually.Get("there are results", async () => await program.ResultsAsync() > 100 ? "yes" : null);
        program.Terminate();
        Assert.Equal(0, await program.WaitForExitAsync());

        var written = await PipelineProgram.RunAsync("topics", "read", "windows", "--data", program.Data);
        var points = written.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Point).Distinct().Count();
        var stored = await influx.QueryAsync("pipe", "SELECT count(\"count\") FROM /.*/");
        Assert.Equal(points, stored.GetProperty("series").EnumerateArray().Sum(s => s.GetProperty("values")[0][1].GetInt32()));
        Assert.DoesNotContain("s3cret", program.Said, StringComparison.Ordinal);
    }

    private static string Point(string line)
    {
        using var record = JsonDocument.Parse(line);
        var value = record.RootElement.GetProperty("value");
        return $"{value.GetProperty("metric")} {value.GetProperty("labels")} {value.GetProperty("end")}";
    }
}
