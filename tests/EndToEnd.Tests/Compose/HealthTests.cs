using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests.Compose;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_of_a_program_is_its_readiness()
    {
        using var program = new PipelineProgram("""{ "hardware": null }""");
        var (before, _, trouble) = await PipelineProgram.RunAsync("health", "--url", new Uri(program.Address, "/readyz").ToString());
        Assert.Equal(1, before);
        Assert.Contains("does not answer", trouble);
        await program.StartAsync();
        var (missing, _, _) = await PipelineProgram.RunAsync("health", "--url", new Uri(program.Address, "/nothing").ToString());
        Assert.Equal(1, missing);
        var (alive, said, _) = await PipelineProgram.RunAsync("health", "--url", new Uri(program.Address, "/healthz").ToString());
        Assert.Equal((0, "ok\n"), (alive, said));
    }

    [Fact]
    public async Task Address_that_cannot_be_asked_is_named_with_the_remedy()
    {
        var (exit, _, error) = await PipelineProgram.RunAsync("health", "--url", "readyz");
        Assert.Equal(1, exit);
        Assert.Contains("http://127.0.0.1:8080/readyz, not 'readyz'", error);
    }
}
