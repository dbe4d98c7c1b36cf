using Pipeline.Contracts;
using Pipeline.Ingest.Hardware;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Hardware;

public class MetricsTests
{
    [Fact]
    public void Every_metric_is_declared_once()
    {
        Assert.Equal(HardwareMetrics.All.Count, HardwareMetrics.All.Select(m => m.Name).Distinct().Count());
        Assert.All(HardwareMetrics.All, m => Assert.True(m.Description.EndsWith('.') && m.Unit.Length > 0, m.Name));
    }

    [Fact]
    public void Everything_sent_is_declared_with_just_its_labels_and_everything_declared_is_sent()
    {
        using var big = new Rig(BigServer.Text);
        big.Tree.Replace("proc/stat", "cpu  640000", "cpu  640100");
        big.Tree.Replace("proc/diskstats", "nvme0n1 100000", "nvme0n1 100001");
        big.Scan();
        using var small = new Rig(SmallMachine.Text);
        small.Scan();
        var sent = Declared(big.Emissions).Union(Declared(small.Emissions));
        Assert.Equal(HardwareMetrics.All.Select(m => m.Name).Order(StringComparer.Ordinal), sent.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task This_machine_is_read()
    {
        if (!OperatingSystem.IsLinux()) return;
        var options = new HardwareOptions { Interval = TimeSpan.FromMilliseconds(100) };
        var source = HardwareSource.Create(options, "here", TimeProvider.System, new CollectingDrops(), _ => { });
        using var emissions = new LiveList<Emission>(source.Emissions);
        await Eventually.Holds("three scans", () => emissions.Count >= 3);
        var sent = Declared(emissions);
        foreach (var metric in new[] { "cpu_load_average_1m", "memory_utilization_ratio", "uptime_seconds", "cpu_interrupts_per_second" })
            Assert.Contains($"hardware.{metric}", sent);
        Assert.All(Values(emissions, "cpu_utilization_ratio"), value => Assert.InRange(value, 0, 1));
        Assert.All(Values(emissions, "memory_utilization_ratio"), value => Assert.InRange(value, 0, 1));
    }

    /// <summary>The names of what was sent, each of which is declared with the labels it carries.</summary>
    private static HashSet<string> Declared(IEnumerable<Emission> emissions)
    {
        var names = new HashSet<string>();
        foreach (var observation in emissions.SelectMany(e => e.Observations))
            foreach (var value in observation.Values)
            {
                var info = Assert.Single(HardwareMetrics.All, m => m.Name == $"hardware.{value.Name}");
                Assert.Equal(info.Labels.Order(StringComparer.Ordinal), observation.Labels.Select(l => l.Key));
                names.Add(info.Name);
            }
        return names;
    }

    private static IEnumerable<double> Values(IEnumerable<Emission> emissions, string metric) =>
        emissions.SelectMany(e => e.Observations).SelectMany(o => o.Values).Where(v => v.Name == metric).Select(v => v.Value);
}
