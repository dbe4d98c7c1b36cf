using System.Runtime.InteropServices;
using Pipeline.Transport.Embedded;

namespace Pipeline.Host.Run;

/// <summary>One run of the whole program: opens the log, starts everything, waits for the end, and takes it down in order.</summary>
internal static class PipelineProcess
{
    public static async Task<int> RunAsync(RunSettings settings, CancellationToken interrupted)
    {
        using var logging = ConsoleLog.Create(settings.IsInteractive);
        var logger = logging.CreateLogger("pipeline");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true; // the program ends in its own order
            end.Cancel();
        });
        try
        {
            var clock = new SteadyClock(TimeProvider.System, jump => logger.ClockJumped(jump));
            await using var log = EmbeddedLog.Open(settings.LogFolder, settings.Options.Log.Specs(), settings.Options.Log.Disk, clock);
            foreach (var note in log.Recovery) logger.Recovered(note.Kind.ToString(), note.Path, note.Message);
            var parts = await PipelineParts.CreateAsync(settings, log, clock, logging);
            return await RunAsync(parts, settings, log, logger, end);
        }
        catch (Exception e) when (e is LogInUseException or LogDamagedException or UnauthorizedAccessException)
        {
            logger.CannotOpen(e.Message);
            return ExitCodes.NoLog;
        }
    }

    private static async Task<int> RunAsync(PipelineParts parts, RunSettings settings, EmbeddedLog log, ILogger logger, CancellationTokenSource end)
    {
        await using var web = WebServer.Build(parts, settings);
        try
        {
            await web.StartAsync(end.Token);
        }
        catch (IOException e) // the address is taken
        {
            logger.CannotListen(e.Message);
            return ExitCodes.Failed;
        }
        logger.Up(settings.Node, string.Join(" ", web.Urls), Path.GetFullPath(settings.Data));
        await using var work = new PipelineWork(parts, log, logger);
        work.Start();
        var wait = Task.Delay(settings.For ?? Timeout.InfiniteTimeSpan, TimeProvider.System, end.Token);
        await Task.WhenAny(wait, work.Failed).ConfigureAwait(ConfigureAwaitOptions.None);
        await work.StopAsync(web.StopAsync);
        if (!work.Failed.IsCompleted) return 0;
        logger.Crashed(await work.Failed);
        return ExitCodes.Failed;
    }
}
