using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

public sealed class MemberNameTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;

    [Fact]
    public void Name_outlives_the_process_that_goes_by_it()
    {
        string first;
        using (var name = MemberName.Take(_folder)) first = name.Value;
        using var again = MemberName.Take(_folder);
        Assert.Equal(first, again.Value);
        Assert.StartsWith(Environment.MachineName, first, StringComparison.Ordinal);
    }

    [Fact]
    public void Processes_that_live_side_by_side_have_names_of_their_own()
    {
        using var one = MemberName.Take(_folder);
        string second;
        using (var two = MemberName.Take(_folder)) second = two.Value;
        Assert.NotEqual(one.Value, second);
        using var three = MemberName.Take(_folder);
        Assert.Equal(second, three.Value);
    }

    [Fact]
    public void Where_none_can_be_kept_every_run_has_its_own()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        using MemberName one = MemberName.Take(file), two = MemberName.Take(file);
        Assert.NotEqual(one.Value, two.Value);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
