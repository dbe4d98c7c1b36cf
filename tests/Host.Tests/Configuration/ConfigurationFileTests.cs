using Pipeline.Host.Configuration;

namespace Pipeline.Host.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-configuration-").FullName;

    [Fact]
    public void A_file_is_read()
    {
        var path = Path.Combine(_folder, "a.json");
        File.WriteAllText(path, """{"name": "a"}""");

        Assert.Equal("a", ConfigurationReader.ReadFile<SampleOptions>(path).Value?.Name);
    }

    [Fact]
    public void A_missing_file_is_reported() => Assert.Equal("does not exist", Problem(Path.Combine(_folder, "none.json")));

    [Fact]
    public void A_folder_is_reported() => Assert.Equal("is a folder", Problem(_folder));

    [Fact]
    public void A_file_that_cannot_be_read_is_reported() // /proc/self/mem opens, and fails at its first byte, for root too
        => Assert.StartsWith("cannot be read", Problem("/proc/self/mem"), StringComparison.Ordinal);

    [Fact]
    public void A_file_without_an_end_is_reported_and_not_read_whole() => Assert.Equal("is larger than 1 MiB", Problem("/dev/zero"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Problem(string path)
    {
        var problem = Assert.Single(ConfigurationReader.ReadFile<SampleOptions>(path).Problems);
        Assert.Equal(path, problem.File);
        return problem.Problem;
    }
}
