using Pipeline.Host.Feeds;

namespace Pipeline.Host.Tests.Feeds;

public class FeedReportTests
{
    [Fact]
    public void Every_package_that_some_feeds_lack_is_reported() => Assert.Equal(
        ["librdkafka.redist", "InfluxDB.Client", "Nethereum.Web3", "LibreHardwareMonitorLib", "Microsoft.NETCore.App.Crossgen2", "Microsoft.Reactive.Testing"],
        FeedReport.Read().Select(p => p.Name));

    [Fact]
    public void Only_what_the_feed_lacks_is_left_out()
    {
        var report = FeedReport.Read(FeedReport.Read().ToDictionary(p => $"Feed:{p.Name}", p => p.Name switch
        {
            "Nethereum.Web3" => "false", // as ./pipeline writes it
            "InfluxDB.Client" => "true",
            _ => (string?)"", // without feed.props
        }));

        Assert.Equal(["Nethereum.Web3"], report.Where(p => !p.IsIn).Select(p => p.Name));
        Assert.Equal(
            "Nethereum.Web3: not in the feed; this version has no chain source; one will speak JSON-RPC itself",
            report.Single(p => !p.IsIn).ToString());
    }
}
