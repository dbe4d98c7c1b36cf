using Pipeline.Contracts;
using Pipeline.Transport;
using Pipeline.Transport.Embedded;

namespace Pipeline.Host.Run;

/// <summary>The log on this machine's disk, for one process.</summary>
internal sealed class OpenEmbeddedLog(EmbeddedLog log, string data) : OpenLog
{
    private static readonly TimeSpan RetainEvery = TimeSpan.FromSeconds(30);

    public override ILog Log => log;
    public override string Place => $"data in {Path.GetFullPath(data)}";
    public override IWorkShare Share { get; } = new WholeShare();
    public override StageLimits Limits { get; } = new() { MaxQuiet = MaxQuiet };
    public override bool IsShared => false;
    public override IReadOnlyList<TopicState> Topics => log.DescribeAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult(); // answers from memory

    /// <summary>The log, or null where it cannot be opened, which the operator is told.</summary>
    public static OpenEmbeddedLog? Open(RunSettings settings, TimeProvider clock, ILogger logger)
    {
        try
        {
            var log = EmbeddedLog.Open(settings.LogFolder, settings.Options.Log.Specs(), settings.Options.Log.Disk, clock);
            foreach (var note in log.Recovery) logger.Recovered(note.Kind.ToString(), note.Message);
            return new OpenEmbeddedLog(log, settings.Data);
        }
        catch (Exception e) when (e is LogInUseException or LogDamagedException or LogFullException)
        {
            logger.CannotUseLog(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.CannotUseFolder(settings.LogFolder, e.Message);
        }
        return null;
    }

    public override async Task KeepAsync(CancellationToken stop, CancellationToken abort)
    {
        using var timer = new PeriodicTimer(RetainEvery, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await log.RetainAsync(abort);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    public override ValueTask DisposeAsync() => log.DisposeAsync();
}
