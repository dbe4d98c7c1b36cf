using Pipeline.Contracts;
using Pipeline.Host.Rebuilding;
using Pipeline.Host.Retune;
using Pipeline.Ingest;
using Pipeline.Ingest.Self;
using Pipeline.Processing;
using Pipeline.Sinks;
using Pipeline.Sinks.Influx;
using Pipeline.Transport;

namespace Pipeline.Host.Run;

/// <summary>The parts of the program that its roles ask for, made of its options and put together. What runs is in <see cref="PipelineWork"/>.</summary>
internal sealed class PipelineParts
{
    private readonly string _node;
    private readonly MetricCatalogue _catalogue;
    private readonly Func<IReadOnlyList<WindowOptions>, IReadOnlyList<Flow>> _flows;

    public PipelineParts(RunSettings settings, OpenLog log, PartTools tools)
    {
        var (options, time, topics) = (settings.Options, tools.Time, log.Topics);
        Topics = new Topics(options.Log.Prefix);
        (Log, _node) = (log, settings.Node);
        Partitions = topics.First(t => t.Name == Topics.Observations).Partitions.Count; // what an older run made stays
        _flows = windows => WindowPlans.Flows(options with { Windows = windows }, Topics, Partitions, tools.Ledger);
        if (settings.Does(Roles.Process)) Flows = _flows(options.Windows);
        var model = new ReadModel(options.Live);
        if (settings.Does(Roles.Page)) Live = new LiveSink(log.Log, Topics.Windows, model, tools.Ledger, time);
        if (settings.Does(Roles.Sink) && options.Influx is { } influx)
            Influx = new InfluxSink(log.Log, Topics, InfluxWriters.Create(influx, time), influx, new InfluxTools(tools.Ledger, time, tools.Logging.CreateLogger("influx").SinkReports));
        Readiness = new Readiness(Flows, topics, log.Share, Positions, () => Live?.IsCaughtUp ?? true);
        _catalogue = new MetricCatalogue(BuiltInMetrics.All, options.Windows);
        if (settings.Watched is { } watched) Retuning = new Retuning(watched, options.Windows, Retune, tools.Logging.CreateLogger("configuration"));
        if (!log.IsShared) Rebuild = new RebuildEndpoint(log.Log, () => options with { Windows = _catalogue.Configured });
        var status = new StatusReader(log, Positions, Flows, tools.Ledger, new NodeInfo(settings.Node, time.UnixMilliseconds(), time)) { Configuration = () => Retuning?.Status };
        var verdict = new LiveVerdict(model, status, options.Verdict, time);
        var self = new SelfStatus(status, Live is null ? null : verdict);
        if (settings.Does(Roles.Ingest)) Ingest = new IngestParts(settings, log.Log, Partitions, tools, self.Read);
        else if (options.Self is { } observed) Self = new SelfReporter(new IngestTarget(Topics.Observations, Partitions, settings.Node), observed, time, self.Read);
        Stream = new LiveStream(model, verdict, new PipelineReport(status, Topics.Observations, time), time);
        Interface = new LiveEndpoints(model, verdict, status, _catalogue);
        Merged = new MergedEndpoint(log.Log, Topics.Windows, _catalogue, time);
        Exposition = new PrometheusEndpoint(model, Stream, status, _catalogue);
    }

    public OpenLog Log { get; }
    public Topics Topics { get; }
    public int Partitions { get; }
    public StagePositions Positions { get; } = new();
    public IngestParts? Ingest { get; }

    /// <summary>Where there are no sources for it to be among.</summary>
    public SelfReporter? Self { get; }

    /// <summary>Processes that share a name must not take the writer from each other.</summary>
    public NodeWriter SelfWriter => new(Log.Log, $"{_node}-{Environment.ProcessId}");

    public IReadOnlyList<Flow> Flows { get; } = [];
    public Retuning? Retuning { get; }

    /// <summary>Where no other process can write the log.</summary>
    public RebuildEndpoint? Rebuild { get; }

    /// <summary>Told of each flow that takes the place of the one of its name.</summary>
    public event Action<Flow>? FlowChanged;

    public LiveSink? Live { get; }
    public InfluxSink? Influx { get; }
    public LiveStream Stream { get; }
    public LiveEndpoints Interface { get; }
    public MergedEndpoint Merged { get; }
    public PrometheusEndpoint Exposition { get; }
    public Readiness Readiness { get; }

    private void Retune(IReadOnlyList<WindowOptions> windows)
    {
        _catalogue.Retune(windows);
        if (Flows.Count > 0) FlowChanged?.Invoke(_flows(windows)[0]); // the second goes by what the first one names
    }

    /// <summary>Waits until every stage, and the InfluxDB sink, has read its input to the end.</summary>
    /// <returns>False where that took too long or a part failed meanwhile.</returns>
    public async Task<bool> DrainAsync(Task failed, CancellationToken bound)
    {
        while (!failed.IsCompleted)
        {
            if (await IsDrainedAsync() && await IsSentAsync()) return true;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, bound).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (bound.IsCancellationRequested) return false;
        }
        return false;
    }

    private async Task<bool> IsDrainedAsync()
    {
        var ends = (await Log.Log.DescribeAsync(CancellationToken.None)).ToDictionary(t => t.Name);
        bool HasRead(Flow flow, StagePosition at) => at.Stage == flow.Name && at.Next >= ends[flow.Input].Partitions[at.Partition].End;
        return Flows.All(flow => Positions.All.Count(at => HasRead(flow, at)) == Partitions);
    }

    /// <summary>To be asked once the stages publish no more.</summary>
    private async Task<bool> IsSentAsync() =>
        Influx?.IsReadyToStop((await Log.Log.DescribeAsync(CancellationToken.None)).First(t => t.Name == Topics.Windows)) ?? true;
}

/// <summary>What most parts need.</summary>
internal sealed record PartTools(Ledger Ledger, TimeProvider Time, ILoggerFactory Logging);
