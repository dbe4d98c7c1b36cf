using System.Net.Sockets;
using System.Text;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed class AdversityTests
{
    private const string Quiet = """{ "node": "test", "hardware": null }""";

    [Fact]
    public async Task Terminated_program_lets_a_push_that_has_begun_end_however_slow_it_is()
    {
        using var program = new PipelineProgram(Quiet);
        await program.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(program.Address.Host, program.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /write HTTP/1.1\r\nHost: {program.Address.Authority}\r\nContent-Length: 12\r\n\r\nload "));
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System); // until the server has begun to read it
        program.Terminate();
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        await stream.WriteAsync("value=7"u8.ToArray());
        using var answer = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 204 No Content", await answer.ReadLineAsync());
        Assert.Equal(0, await program.WaitForExitAsync());
        var (_, records, _) = await PipelineProgram.RunAsync("topics", "read", "observations", "--data", program.Data);
        Assert.Contains("\"value\":7", records);
    }

    [Fact]
    public async Task Program_terminated_while_it_starts_ends_in_order()
    {
        for (var i = 0; i < 5; i++)
        {
            using var program = new PipelineProgram(Quiet);
            await program.BeginAsync();
            program.Terminate();
            Assert.True(await program.WaitForExitAsync() == 0, program.Said);
        }
    }

    [Fact]
    public async Task Data_folder_that_cannot_be_used_is_named_with_the_remedy()
    {
        using var program = new PipelineProgram(Quiet);
        File.WriteAllText(program.Data, "a file, not a folder");
        var (exit, _, error) = await PipelineProgram.RunAsync("run", "--data", program.Data, "--urls", program.Address.ToString());
        Assert.Equal(3, exit);
        Assert.Contains(program.Data, error);
        Assert.Contains("--data", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Damaged_log_ends_the_program_with_the_file_and_the_remedy()
    {
        using var program = new PipelineProgram("""{ "hardware": null, "windows": [ { "name": "long", "metric": "load.value", "size": "10m" } ] }""");
        await program.StartAsync();
        for (var i = 0; i < 20; i++) await program.Http.PostAsync("/write", new StringContent($"load,series=s{i} value={i}"));
        program.Terminate();
        await program.WaitForExitAsync(); // all of it forced to the disk: unforced bytes are rolled back instead
        var segment = Directory.GetFiles(Path.Combine(program.Data, "log", "observations"), "*.log", SearchOption.AllDirectories).MaxBy(f => new FileInfo(f).Length)!;
        var bytes = File.ReadAllBytes(segment);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(segment, bytes);
        var (exit, _, error) = await PipelineProgram.RunAsync("run", "--config", program.Config, "--data", program.Data, "--urls", program.Address.ToString(), "--for", "20s");
        Assert.Equal(3, exit);
        Assert.Contains(segment, error);
        Assert.Contains("move this file away", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Fact]
    public async Task Empty_name_of_the_data_folder_is_refused()
    {
        var (exit, _, error) = await PipelineProgram.RunAsync("doctor", "--data", "");
        Assert.Equal(1, exit);
        Assert.StartsWith("--data is empty.", error);
    }

    [Theory]
    [InlineData("http://192.0.2.1:8080")] // of no machine: kept for documentation
    [InlineData("https://127.0.0.1:0")] // there is no certificate
    public async Task Address_that_cannot_be_listened_on_is_reported_with_the_remedy(string url)
    {
        using var program = new PipelineProgram(Quiet);
        var (exit, _, error) = await PipelineProgram.RunAsync("run", "--data", program.Data, "--urls", url);
        Assert.Equal(1, exit);
        Assert.Contains("--urls", error);
        Assert.DoesNotContain("   at ", error);
    }
}
