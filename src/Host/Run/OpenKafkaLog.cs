using Pipeline.Contracts;
using Pipeline.Transport;
using Pipeline.Transport.Kafka;

namespace Pipeline.Host.Run;

/// <summary>The log on a Kafka cluster, shared by any number of processes.</summary>
internal sealed class OpenKafkaLog : OpenLog
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    private readonly KafkaLog _log;
    private readonly KafkaShare _share;
    private readonly MemberName _name;
    private volatile IReadOnlyList<TopicState> _topics = [];

    private OpenKafkaLog(KafkaLog log, KafkaShare share, MemberName name, KafkaOptions options)
    {
        (_log, _share, _name, Place) = (log, share, name, $"log on Kafka at {options.Servers}");
        Limits = new StageLimits(MaxRecords: 50_000, MaxBytes: 16 << 20, MaxAge: options.MaxTransactionAge) { MaxQuiet = MaxQuiet };
    }

    public override ILog Log => _log;
    public override string Place { get; }
    public override IWorkShare Share => _share;
    public override StageLimits Limits { get; }
    public override bool IsShared => true;
    public override IReadOnlyList<TopicState> Topics => _topics;

    /// <summary>Waits for the cluster, makes the topics that are missing, and tells of those that are not as they should be.</summary>
    /// <returns>Null where it was interrupted, or the topics do not fit together.</returns>
    public static async Task<OpenKafkaLog?> OpenAsync(RunSettings settings, KafkaOptions options, TimeProvider clock, ILogger logger, CancellationToken interrupted)
    {
        var topics = new Topics(settings.Options.Log.Prefix);
        var specs = settings.Options.Log.KafkaSpecs();
        var log = new KafkaLog(options, topics, specs, clock, new OncePerMinute(clock, logger.KafkaReports).Tell);
        while (!interrupted.IsCancellationRequested)
        {
            try
            {
                await log.CreateTopicsAsync();
                foreach (var difference in await log.DifferencesAsync()) logger.TopicDiffers(difference);
                var states = await log.DescribeAsync(interrupted);
                if (specs.FirstOrDefault(s => states.All(t => t.Name != s.Name)) is { } unseen)
                    throw new LogUnavailableException($"Kafka does not show the topic {unseen.Name} on all brokers yet.");
                var name = MemberName.Take(settings.MemberFolder);
                return new OpenKafkaLog(log, new KafkaShare(log, name.Value, topics, options, clock), name, options) { _topics = states };
            }
            catch (LogUnavailableException e)
            {
                logger.WaitsForLog("The start", e.Message);
                await Task.Delay(AskAgainAfter, TimeProvider.System, interrupted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        await log.DisposeAsync();
        return null;
    }

    public override async Task KeepAsync(CancellationToken stop, CancellationToken abort)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(AskAgainAfter, TimeProvider.System, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _topics = await _log.DescribeAsync(abort);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _share.DisposeAsync();
        _name.Dispose();
        await _log.DisposeAsync();
    }
}
