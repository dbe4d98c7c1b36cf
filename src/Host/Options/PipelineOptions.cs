using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pipeline.Ingest;
using Pipeline.Ingest.Hardware;
using Pipeline.Ingest.Probes;
using Pipeline.Ingest.Push;
using Pipeline.Ingest.Self;
using Pipeline.Processing;
using Pipeline.Sinks;
using Pipeline.Sinks.Influx;

namespace Pipeline.Host;

/// <summary>All that an operator can write.</summary>
public sealed record PipelineOptions
{
    [Description("The name of this node, on everything it sees; the name of the machine unless given.")]
    [MinLength(1), RegularExpression("[^\\s]{1,200}")]
    public string? Node { get; init; }

    [Description("The page and the programs' interface.")]
    public HttpOptions Http { get; init; } = new();

    [Description("The log between the stages.")]
    public LogOptions Log { get; init; } = new();

    [Description("How the sources reach the log.")]
    public IngestOptions Ingest { get; init; } = new();

    [Description("The sensors of this machine; null switches them off.")]
    public HardwareOptions? Hardware { get; init; } = new();

    [Description("What the program observes of itself: its ledger, its lag, its verdict; null for nothing.")]
    public SelfOptions? Self { get; init; }

    [Description("HTTP probes.")]
    public ProbeOptions Probes { get; init; } = new();

    [Description("Samples that others push.")]
    public PushOptions Push { get; init; } = new();

    [Description("What holds for all windows.")]
    public ProcessingOptions Processing { get; init; } = new();

    [Description("The windows.")]
    [MaxLength(1000)]
    public IReadOnlyList<WindowOptions> Windows { get; init; } = [];

    [Description("What the page and the interface remember.")]
    public LiveOptions Live { get; init; } = new();

    [Description("The InfluxDB that keeps the results; null for none.")]
    public InfluxOptions? Influx { get; init; }

    [Description("What makes the verdict.")]
    public VerdictOptions Verdict { get; init; } = new();
}
