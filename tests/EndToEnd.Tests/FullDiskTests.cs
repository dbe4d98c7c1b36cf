using System.Globalization;
using System.Net;
using System.Text;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed class FullDiskTests
{
    private const string Config = """
        {
          "node": "test", "hardware": null, "push": { "lateness": "1s" },
          "windows": [ { "name": "by-host", "metric": "load.value", "by": ["host"], "size": "2s", "lateness": "1s" } ]
        }
        """;

    private static readonly IReadOnlyList<WindowOptions> Windows =
        [new() { Name = "by-host", Metric = "load.value", By = ["host"], Size = TimeSpan.FromSeconds(2), Lateness = TimeSpan.FromSeconds(1) }];

    [TmpfsFact]
    public async Task Program_on_a_full_disk_refuses_pushes_stays_up_and_goes_on_when_there_is_room()
    {
        using var program = new PipelineProgram(Config);
        Directory.CreateDirectory(program.Data);
        Assert.True(Mount.Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", program.Data));
        try
        {
            await program.StartAsync();
            var accepted = 0;
            while (await Push(program, accepted) == HttpStatusCode.NoContent) accepted++;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await Push(program, -1));
            Assert.Equal("ok\n", await program.Http.GetStringAsync("/healthz"));
            Assert.True(accepted > 5, $"Only {accepted} requests fitted, so this proves little.");

            Assert.True(Mount.Run("mount", "-o", "remount,size=64m", program.Data));
            Assert.Equal(HttpStatusCode.NoContent, await Push(program, accepted++));
            await program.EveryWindowIsFinal(Windows.Count);
            program.Kill();

            var census = new LogCensus(Windows);
            await census.ReadAsync(program.Data);
            Assert.Equal(accepted * 1000, census.Values.Count);
            Assert.DoesNotContain(-1000, census.Values.Keys);
            WindowAssert.Equal(census.Batch.Closed(), census.Published);
        }
        finally
        {
            Mount.Run("umount", "-l", program.Data);
        }
    }

    private static async Task<HttpStatusCode> Push(PipelineProgram program, int request)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 1000; i++) lines.Append(CultureInfo.InvariantCulture, $"load,host=h{i % 7} value={request * 1000 + i}\n");
        using var answer = await program.Http.PostAsync("/write", new StringContent(lines.ToString()));
        return answer.StatusCode;
    }
}
