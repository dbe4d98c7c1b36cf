using Pipeline.Contracts;
using Pipeline.Ingest.Hardware;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Hardware;

/// <summary>The hardware source of a fixture, on a clock that moves when told to. The first scan is done.</summary>
internal sealed class Rig : IDisposable
{
    public const string Host = "box";

    private readonly LiveList<Emission> _emissions;

    public Rig(string fixture, Func<HardwareOptions, HardwareOptions>? change = null)
    {
        Tree = new FixtureTree(fixture);
        var options = new HardwareOptions { Root = Tree.Root };
        _emissions = new(HardwareSource.Create(change?.Invoke(options) ?? options, Host, Time, Drops, Reports.Add).Emissions);
        Time.Advance(TimeSpan.Zero);
    }

    public FixtureTree Tree { get; }
    public TestTimeProvider Time { get; } = new();
    public CollectingDrops Drops { get; } = new();
    public List<string> Reports { get; } = [];
    public IReadOnlyList<Emission> Emissions => _emissions;
    public Exception? Error => _emissions.Error;
    public Emission Last => _emissions[^1];

    public void Scan() => Time.Advance(TimeSpan.FromSeconds(1));

    /// <summary>What the last scan says of a metric without its <c>hardware.</c>; null when it says nothing.</summary>
    public double? Value(string metric, params (string Name, string Text)[] labels)
    {
        var wanted = LabelSet.Of([("host", Host), .. labels]);
        var values = Last.Observations.Where(o => o.Labels.Equals(wanted)).SelectMany(o => o.Values).Where(v => v.Name == metric).ToList();
        return values.Count == 0 ? null : Assert.Single(values).Value;
    }

    public void Dispose()
    {
        _emissions.Dispose();
        Tree.Dispose();
    }
}
