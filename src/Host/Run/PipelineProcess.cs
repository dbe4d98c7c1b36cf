using System.Net.Sockets;
using Pipeline.Contracts;
using Pipeline.Transport.Embedded;

namespace Pipeline.Host.Run;

/// <summary>One run of the program: opens the log, starts what its roles ask for, waits for the end, and takes it down in order.</summary>
internal static class PipelineProcess
{
    public static async Task<int> RunAsync(RunSettings settings, CancellationToken interrupted)
    {
        await Task.Yield(); // the command line listens for signals as soon as it has the task
        using var logging = ConsoleLog.Create(settings.IsInteractive);
        var logger = logging.CreateLogger("pipeline");
        var clock = new SteadyClock(TimeProvider.System, jump => logger.ClockJumped(jump));
        await using var log = await OpenAsync(settings, clock, logger, interrupted);
        if (log is null) return interrupted.IsCancellationRequested ? 0 : ExitCodes.NoLog;
        var parts = new PipelineParts(settings, log, new PartTools(new Ledger(), clock, logging));
        return await RunAsync(parts, settings, logger, interrupted);
    }

    private static async Task<OpenLog?> OpenAsync(RunSettings settings, TimeProvider clock, ILogger logger, CancellationToken interrupted) =>
        settings.Options.Log.Kafka is { } kafka
            ? await OpenKafkaLog.OpenAsync(settings, kafka, clock, logger, interrupted)
            : OpenEmbeddedLog.Open(settings, clock, logger);

    private static async Task<int> RunAsync(PipelineParts parts, RunSettings settings, ILogger logger, CancellationToken interrupted)
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
        logger.Up(settings.Node, string.Join(" ", web.Urls), settings.Roles.ToString().ToLowerInvariant(), parts.Log.Place);
        await using var work = new PipelineWork(parts, logger);
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
