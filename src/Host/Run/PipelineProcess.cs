using System.Net.Sockets;
using Pipeline.Contracts;
using Pipeline.Transport.Embedded;

namespace Pipeline.Host.Run;

/// <summary>One run of the whole program: opens the log, starts everything, waits for the end, and takes it down in order.</summary>
internal static class PipelineProcess
{
    public static async Task<int> RunAsync(RunSettings settings, CancellationToken interrupted)
    {
        await Task.Yield(); // the command line listens for signals as soon as it has the task
        using var logging = ConsoleLog.Create(settings.IsInteractive);
        var logger = logging.CreateLogger("pipeline");
        var clock = new SteadyClock(TimeProvider.System, jump => logger.ClockJumped(jump));
        if (Open(settings, clock, logger) is not { } opened) return ExitCodes.NoLog;
        await using var log = opened;
        foreach (var note in log.Recovery) logger.Recovered(note.Kind.ToString(), note.Message);
        var parts = await PipelineParts.CreateAsync(settings, log, clock, logging);
        return await RunAsync(parts, settings, log, logger, interrupted);
    }

    private static EmbeddedLog? Open(RunSettings settings, TimeProvider clock, ILogger logger)
    {
        try
        {
            return EmbeddedLog.Open(settings.LogFolder, settings.Options.Log.Specs(), settings.Options.Log.Disk, clock);
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

    private static async Task<int> RunAsync(PipelineParts parts, RunSettings settings, EmbeddedLog log, ILogger logger, CancellationToken interrupted)
    {
        await using var web = WebServer.Build(parts, settings);
        try
        {
            await web.StartAsync(CancellationToken.None); // takes a moment, and the ordinary end comes right after
        }
        // The address is taken, or not of this machine, or wants a certificate that is not there.
        catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
        {
            logger.CannotListen(e.Message.TrimEnd('.'));
            return ExitCodes.Failed;
        }
        logger.Up(settings.Node, string.Join(" ", web.Urls), Path.GetFullPath(settings.Data));
        await using var work = new PipelineWork(parts, log, logger);
        work.Start();
        var wait = Task.Delay(settings.For ?? Timeout.InfiniteTimeSpan, TimeProvider.System, interrupted);
        await Task.WhenAny(wait, work.Failed).ConfigureAwait(ConfigureAwaitOptions.None);
        await work.StopAsync(web.StopAsync);
        return work.Failed.IsCompleted ? Report(await work.Failed, logger) : 0;
    }

    /// <summary>A damaged log is the disk's fault and not ours, and its message says what to do.</summary>
    private static int Report(Exception failure, ILogger logger)
    {
        if (failure is not LogDamagedException)
        {
            logger.Crashed(failure);
            return ExitCodes.Failed;
        }
        logger.CannotUseLog(failure.Message);
        return ExitCodes.NoLog;
    }
}
