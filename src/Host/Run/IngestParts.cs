using Pipeline.Contracts;
using Pipeline.Ingest;
using Pipeline.Ingest.Hardware;
using Pipeline.Ingest.Probes;
using Pipeline.Ingest.Push;
using Pipeline.Ingest.Self;

namespace Pipeline.Host.Run;

/// <summary>The sources, and the way in for pushes.</summary>
internal sealed class IngestParts
{
    private readonly IReadOnlyList<Source> _sources;
    private readonly IngestNode _node;
    private readonly NodeWriter _writer;
    private readonly Ledger _ledger;

    public IngestParts(RunSettings settings, ILogWriters log, int partitions, PartTools tools, Func<SelfReading> self)
    {
        var (options, topic) = (settings.Options, new Topics(settings.Options.Log.Prefix).Observations);
        (_writer, _ledger) = (new NodeWriter(log, settings.Node), tools.Ledger);
        _sources = Sources(settings, tools, self);
        var target = new IngestTarget(topic, partitions, settings.Node);
        _node = new IngestNode(target, options.Ingest, options.Push.Lateness, tools.Time, tools.Logging.CreateLogger<IngestNode>());
        var pushed = new PushTarget(topic, partitions, settings.Node, BuiltInMetrics.KeyLabels);
        Push = new PushReceiver(_writer, pushed, options.Push, tools.Time, _ledger.Open("source push"));
    }

    public PushReceiver Push { get; }

    public Task RunAsync(CancellationToken stop, CancellationToken abort) => _node.RunAsync(_sources, _writer, _ledger, stop, abort);

    private static List<Source> Sources(RunSettings settings, PartTools tools, Func<SelfReading> self)
    {
        var (options, log) = (settings.Options, tools.Logging.CreateLogger("sources"));
        IDropListener Drops(string source) => new SourceDrops(tools.Ledger.Open("source " + source));
        var sources = new List<Source>();
        if (options.Hardware is { } hardware)
            sources.Add(HardwareSource.Create(hardware, settings.Node, tools.Time, Drops("hardware"), log.SourceReports));
        if (options.Probes.Targets.Count > 0)
            sources.Add(ProbeSource.Create(options.Probes, settings.Node, tools.Time, Drops("probes")));
        if (options.Self is { } observed)
            sources.Add(SelfSource.Create(observed, settings.Node, tools.Time, self));
        return sources;
    }
}
