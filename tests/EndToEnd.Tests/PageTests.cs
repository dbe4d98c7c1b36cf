using System.Diagnostics;
using System.Text.Json;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed class PageTests
{
    private const string Config = """
        {
          "node": "test", "push": { "lateness": "1s" },
          "probes": { "targets": [ { "name": "own-page", "url": "{self}/", "interval": "1s", "timeout": "1s" }, { "name": "nobody", "url": "http://127.0.0.1:9/", "interval": "1s", "timeout": "1s" } ] },
          "windows": [
            { "name": "hardware", "metric": "hardware.*", "size": "2s" },
            { "name": "probes", "metric": "probe.*", "by": ["target", "vantage"], "size": "4s", "slide": "2s" }
          ]
        }
        """;

    [Fact]
    public async Task Page_of_the_real_program_shows_its_hardware_and_its_probes()
    {
        using var program = new PipelineProgram(Config);
        await program.StartAsync();
        using var seen = JsonDocument.Parse(await LookAsync(program.Address));
        var page = seen.RootElement;
        Assert.Empty(page.GetProperty("trouble").EnumerateArray());
        Assert.Equal("Unhealthy", page.GetProperty("verdict").GetString());
        Assert.Contains("Memory", page.GetProperty("tiles").EnumerateArray().Select(t => t.GetString()));
        var probes = page.GetProperty("probes").EnumerateArray().Select(p => p.GetString()!).ToList();
        Assert.Contains(probes, p => p.Contains("own-page") && p.Contains("Up") && p.Contains("200"));
        Assert.Contains(probes, p => p.Contains("nobody") && p.Contains("Down"));
    }

    private static async Task<string> LookAsync(Uri address)
    {
        var playwright = Path.Combine(Repository.Root, "web", "node_modules", "playwright-core", "index.mjs");
        Assert.True(File.Exists(playwright), $"{playwright} is missing; building src/Host with npm on the path brings it.");
        var script = Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "page.mjs");
        var (code, output, error) = await new ProcessStartInfo("node", [script, playwright, address.ToString()]).RunAsync();
        Assert.True(code == 0, error);
        return output;
    }
}
