using Pipeline.Contracts;
using Pipeline.Ingest;
using Pipeline.Ingest.Hardware;
using Pipeline.Ingest.Probes;
using Pipeline.Ingest.Push;
using Pipeline.Ingest.Self;
using Pipeline.Processing;
using Pipeline.Sinks;
using Pipeline.Sinks.Influx;
using Pipeline.Transport;

namespace Pipeline.Host.Run;

/// <summary>The parts of the program, made of its options and put together. What runs is in <see cref="PipelineWork"/>.</summary>
internal sealed class PipelineParts
{
    private readonly IReadOnlyList<Source> _sources;
    private readonly IngestNode _node;
    private readonly ILogWriter _writer;
    private readonly Ledger _ledger;

    private PipelineParts(RunSettings settings, ILog log, ILogWriter writer, IReadOnlyList<TopicState> topics, PartTools tools)
    {
        var (options, time) = (settings.Options, tools.Time);
        Topics = new Topics(options.Log.Prefix);
        var partitions = topics.First(t => t.Name == Topics.Observations).Partitions.Count; // what an older run made stays
        (Log, Partitions, _writer, _ledger) = (log, partitions, writer, tools.Ledger);
        var target = new IngestTarget(Topics.Observations, partitions, settings.Node);
        _node = new IngestNode(target, options.Ingest, options.Push.Lateness, time, tools.Logging.CreateLogger<IngestNode>());
        var pushed = new PushTarget(Topics.Observations, partitions, settings.Node, BuiltInMetrics.KeyLabels);
        Push = new PushReceiver(writer, pushed, options.Push, time, _ledger.Open("source push"));
        var plans = options.Windows.Select(Plan).ToList();
        var flows = new WindowFlows(plans, Topics, partitions, options.Processing, _ledger);
        Flows = plans.Exists(p => p.SpansPartitions) ? [flows.Windows, flows.Merge] : [flows.Windows];
        var model = new ReadModel(options.Live);
        Live = new LiveSink(log, Topics.Windows, model, _ledger, time);
        Influx = options.Influx is { } influx
            ? new InfluxSink(log, Topics, InfluxWriters.Create(influx, time), influx, new InfluxTools(_ledger, time, tools.Logging.CreateLogger("influx").SinkReports))
            : null;
        Readiness = new Readiness(Flows, topics, Positions, () => Live.IsCaughtUp);
        var status = new StatusReader(log, Positions, Flows, _ledger, new NodeInfo(settings.Node, time.UnixMilliseconds(), time));
        var verdict = new LiveVerdict(model, status, options.Verdict, time);
        _sources = Sources(settings, tools, () => Reading(status, verdict));
        var catalogue = new MetricCatalogue(BuiltInMetrics.All, options.Windows);
        Stream = new LiveStream(model, verdict, new PipelineReport(status, Topics.Observations, time), time);
        Interface = new LiveEndpoints(model, verdict, status, catalogue);
        Exposition = new PrometheusEndpoint(model, Stream, status, catalogue);
    }

    public ILog Log { get; }
    public Topics Topics { get; }
    public int Partitions { get; }
    public StagePositions Positions { get; } = new();
    public IReadOnlyList<Flow> Flows { get; }
    public PushReceiver Push { get; }
    public LiveSink Live { get; }
    public InfluxSink? Influx { get; }
    public LiveStream Stream { get; }
    public LiveEndpoints Interface { get; }
    public PrometheusEndpoint Exposition { get; }
    public Readiness Readiness { get; }

    public static async Task<PipelineParts> CreateAsync(RunSettings settings, ILog log, TimeProvider time, ILoggerFactory logging)
    {
        var topics = await log.DescribeAsync(CancellationToken.None);
        var writer = await log.OpenAsync($"ingest-{settings.Node}", CancellationToken.None);
        return new PipelineParts(settings, log, writer, topics, new PartTools(new Ledger(), time, logging));
    }

    public Task RunSourcesAsync(CancellationToken stop, CancellationToken abort) => _node.RunAsync(_sources, _writer, _ledger, stop, abort);

    /// <summary>Waits until every stage, and the InfluxDB sink, has read its input to the end.</summary>
    /// <returns>False where that took too long or a part failed meanwhile.</returns>
    public async Task<bool> DrainAsync(ILogCatalog log, Task failed, CancellationToken bound)
    {
        while (!failed.IsCompleted)
        {
            if (await IsDrainedAsync(log) && await IsSentAsync(log)) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, bound).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (bound.IsCancellationRequested) return false;
        }
        return false;
    }

    private async Task<bool> IsDrainedAsync(ILogCatalog log)
    {
        var ends = (await log.DescribeAsync(CancellationToken.None)).ToDictionary(t => t.Name);
        bool HasRead(Flow flow, StagePosition at) => at.Stage == flow.Name && at.Next >= ends[flow.Input].Partitions[at.Partition].End;
        return Flows.All(flow => Positions.All.Count(at => HasRead(flow, at)) == Partitions);
    }

    /// <summary>To be asked once the stages publish no more.</summary>
    private async Task<bool> IsSentAsync(ILogCatalog log) =>
        Influx?.IsReadyToStop((await log.DescribeAsync(CancellationToken.None)).First(t => t.Name == Topics.Windows)) ?? true;

    private static WindowPlan Plan(WindowOptions options)
    {
        var definition = new WindowDefinition(options);
        return new WindowPlan(definition, SpansPartitions: !definition.IsWithinPartition(BuiltInMetrics.KeyLabels));
    }

    private static SelfReading Reading(StatusReader status, LiveVerdict verdict)
    {
        var now = status.Read();
        return new SelfReading(now.Ledger, now.Lag, now.Topics, verdict.Read());
    }

    private static List<Source> Sources(RunSettings settings, PartTools tools, Func<SelfReading> read)
    {
        var (options, log) = (settings.Options, tools.Logging.CreateLogger("sources"));
        IDropListener Drops(string source) => new SourceDrops(tools.Ledger.Open("source " + source));
        var sources = new List<Source>();
        if (options.Hardware is { } hardware)
            sources.Add(HardwareSource.Create(hardware, settings.Node, tools.Time, Drops("hardware"), log.SourceReports));
        if (options.Probes.Targets.Count > 0)
            sources.Add(ProbeSource.Create(options.Probes, settings.Node, tools.Time, Drops("probes")));
        if (options.Self is { } self)
            sources.Add(SelfSource.Create(self, settings.Node, tools.Time, read));
        return sources;
    }

    private sealed record PartTools(Ledger Ledger, TimeProvider Time, ILoggerFactory Logging);
}
