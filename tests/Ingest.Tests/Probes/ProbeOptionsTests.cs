using System.ComponentModel.DataAnnotations;
using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class ProbeOptionsTests
{
    private static readonly ProbeTargetOptions Good = Probe.Options("https://example.org/");

    public static TheoryData<ProbeTargetOptions, string> Mistakes => new()
    {
        { Good with { Url = "/status" }, "targets[0].url" },
        { Good with { Url = "example.org" }, "targets[0].url" },
        { Good with { Url = "ftp://example.org/" }, "targets[0].url" },
        { Good with { Url = "https://user:hunter2@example.org/" }, "targets[0].url" },
        { Good with { Headers = new Dictionary<string, string> { ["X Y"] = "1" } }, "targets[0].headers" },
        { Good with { Headers = new Dictionary<string, string> { ["X"] = "hunter2\r\nEvil: 1" } }, "targets[0].headers.X" },
        { Good with { Headers = new Dictionary<string, string> { ["content-type"] = "hunter2" } }, "targets[0].headers.content-type" },
        { Good with { Expect = new() { Status = "fine" } }, "targets[0].expect.status" },
        { Good with { Expect = new() { Sha256 = "abc" } }, "targets[0].expect.sha256" },
        { Good with { Expect = new() { Sha256 = new string('g', 64) } }, "targets[0].expect.sha256" },
        { Good with { Expect = new() { Length = 101 }, BodyLimit = 100 }, "targets[0].expect.length" },
        { Good with { Method = "HEAD", Expect = new() { Text = "x" } }, "targets[0].expect" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Mistake_is_reported_once_at_its_place_without_secrets(ProbeTargetOptions target, string path)
    {
        var (where, problem, remedy) = Assert.Single(ProbeOptions.Check(new() { Targets = [target] }));
        Assert.Equal(path, where);
        Assert.NotEmpty(remedy);
        Assert.DoesNotContain("hunter2", problem + remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Time_limit_is_thirty_seconds_at_most(int seconds, bool valid)
    {
        var options = Good with { Timeout = TimeSpan.FromSeconds(seconds) };
        Assert.Equal(valid, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }

    [Fact]
    public void Names_are_given_once()
    {
        var (path, problem, _) = Assert.Single(ProbeOptions.Check(new() { Targets = [Good, Good with { Name = "other" }, Good] }));
        Assert.Equal(("targets[2].name", "Another target is called 'target' too."), (path, problem));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once() =>
        Assert.Equal(3, ProbeOptions.Check(new() { Targets = [Good with { Url = "x", Expect = new() { Status = "", Sha256 = "" } }] }).Count());
}
