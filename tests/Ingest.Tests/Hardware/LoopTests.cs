using Pipeline.Contracts;
using Pipeline.Ingest.Hardware;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Hardware;

public class LoopTests
{
    [Fact]
    public void First_scan_comes_at_once_with_all_that_needs_no_difference()
    {
        using var rig = new Rig(SmallMachine.Text);
        Assert.Single(rig.Emissions);
        Assert.Equal(0.72, rig.Value("cpu_load_average_1m"));
        Assert.Null(rig.Value("cpu_utilization_ratio", ("cpu", "total")));
    }

    [Fact]
    public void Scans_fall_on_whole_multiples_of_the_interval()
    {
        using var tree = new FixtureTree(SmallMachine.Text);
        var time = new TestTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_003_100));
        var options = new HardwareOptions { Root = tree.Root, Interval = TimeSpan.FromSeconds(2) };
        var source = HardwareSource.Create(options, "box", time, new CollectingDrops(), _ => { });
        using var emissions = new LiveList<Emission>(source.Emissions);
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal([1_800_000_003_100, 1_800_000_006_000, 1_800_000_008_000, 1_800_000_010_000], emissions.Select(e => e.Promise));
    }

    [Fact]
    public void Observations_carry_host_time_and_promise_of_their_scan()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Scan();
        Assert.Equal(rig.Time.UnixMilliseconds(), rig.Last.Promise);
        var expected = ("hardware", Rig.Host, Rig.Host, rig.Last.Promise);
        Assert.All(rig.Last.Observations, o => Assert.Equal(expected, (o.Kind, o.Key, o.Source, o.Time)));
    }

    [Fact]
    public void One_label_set_is_one_observation()
    {
        using var rig = new Rig(BigServer.Text);
        rig.Scan();
        Assert.Equal(rig.Last.Observations.Count, rig.Last.Observations.Select(o => o.Labels).Distinct().Count());
        Assert.All(rig.Last.Observations, o => Assert.Equal(o.Values.Count, o.Values.Select(v => v.Name).Distinct().Count()));
    }

    [Fact]
    public void Disposing_ends_the_loop()
    {
        var rig = new Rig(SmallMachine.Text);
        rig.Dispose();
        rig.Scan();
        Assert.Single(rig.Emissions);
        Assert.Equal(0, rig.Time.Waiting);
    }

    [Fact]
    public void Clock_set_forward_gives_no_rates_for_that_interval()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Time.Jump(TimeSpan.FromHours(1));
        rig.Scan();
        Assert.Null(rig.Value("disk_io_bytes_per_second", ("device", "vda"), ("direction", "read")));
        Assert.Equal(0.72, rig.Value("cpu_load_average_1m"));
        rig.Scan();
        Assert.Equal(0, rig.Value("disk_io_bytes_per_second", ("device", "vda"), ("direction", "read")));
    }

    [Fact]
    public void Clock_set_back_never_breaks_a_promise()
    {
        using var rig = new Rig(SmallMachine.Text);
        rig.Scan();
        var promise = rig.Last.Promise;
        rig.Time.Jump(TimeSpan.FromSeconds(-3));
        rig.Scan();
        Assert.Equal((0, promise), (rig.Last.Observations.Count, rig.Last.Promise));
        Assert.Contains("went back", Assert.Single(rig.Reports), StringComparison.Ordinal);
        Assert.True(rig.Drops[DropReason.Late] > 0);

        for (var i = 0; i < 3; i++) rig.Scan();
        Assert.NotEmpty(rig.Last.Observations);
        Assert.Equal(promise + 1000, rig.Last.Promise);
        Assert.Single(rig.Reports);
    }

    [Fact]
    public void Machine_without_proc_and_sys_sends_only_promises()
    {
        using var rig = new Rig("--- etc/hostname");
        rig.Scan();
        Assert.All(rig.Emissions, e => Assert.Empty(e.Observations));
        Assert.Equal(2, rig.Emissions.Count);
        Assert.Equal(0, rig.Drops.Total);
    }
}
