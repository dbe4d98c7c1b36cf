using Pipeline.Contracts;
using Pipeline.Host.Commands;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Tests;

public sealed class ReplayReportTests
{
    [Fact]
    public void Ledger_shows_all_that_its_difference_is_made_of()
    {
        using var recording = new SomeRecording();
        var text = new StringWriter();
        ReplayReport.Write(text, Recording.Open(recording.Path), new ReplayCounts("windows", null), [new LedgerEntry("stage windows", 100, 11, 12, 13, 14, 15, 16, 17, 1)]);
        var lines = text.ToString().TrimEnd().Split(Environment.NewLine)[^2..];
        Assert.Equal("ledger in out held late duplicate malformed filtered rejected overflow difference", string.Join(' ', Words(lines[0])));
        Assert.Equal("stage windows 100 11 12 13 14 15 16 17 1 1", string.Join(' ', Words(lines[1])));
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
