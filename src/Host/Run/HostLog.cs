namespace Pipeline.Host.Run;

/// <summary>What the program tells the operator. Warnings: unexpected, nothing lost. Errors: something is lost or somebody is needed.</summary>
internal static partial class HostLog
{
    [LoggerMessage(1, LogLevel.Information, "'{Node}' is up: {Urls} ({Roles}; {Log}).")]
    public static partial void Up(this ILogger logger, string node, string urls, string roles, string log);

    [LoggerMessage(2, LogLevel.Warning, "On opening the log ({Kind}): {Message}")]
    public static partial void Recovered(this ILogger log, string kind, string message);

    [LoggerMessage(3, LogLevel.Critical, "{Message}")]
    public static partial void CannotUseLog(this ILogger log, string message);

    [LoggerMessage(4, LogLevel.Critical, "Cannot listen: {Message}. If another program has the address, end that one; else choose another address with --urls.")]
    public static partial void CannotListen(this ILogger log, string message);

    [LoggerMessage(5, LogLevel.Warning, "The wall clock is {Jump} off what the monotonic clock says. A step forward is followed if it lasts; a step back is not, until the next start.")]
    public static partial void ClockJumped(this ILogger log, TimeSpan jump);

    [LoggerMessage(6, LogLevel.Error, "{Part} waits, since the log takes no more: {Reason}")]
    public static partial void WaitsForLog(this ILogger log, string part, string reason);

    [LoggerMessage(7, LogLevel.Critical, "A part of the program failed, so all of it ends; nothing that was acknowledged is lost.")]
    public static partial void Crashed(this ILogger log, Exception error);

    [LoggerMessage(8, LogLevel.Warning, "{Message}")]
    public static partial void SourceReports(this ILogger log, string message);

    [LoggerMessage(9, LogLevel.Information, "Ended; everything taken in is processed: {Drained}.")]
    public static partial void Ended(this ILogger log, bool drained);

    [LoggerMessage(10, LogLevel.Critical, "Cannot use {Folder}: {Message} Choose another data folder with --data, or make this one readable and writable.")]
    public static partial void CannotUseFolder(this ILogger log, string folder, string message);

    [LoggerMessage(12, LogLevel.Warning, "{Message}")]
    public static partial void KafkaReports(this ILogger log, string message);

    [LoggerMessage(13, LogLevel.Warning, "A topic is not as the configuration wants it: {Difference}")]
    public static partial void TopicDiffers(this ILogger log, string difference);

    [LoggerMessage(14, LogLevel.Warning, "{Part} lost its writer: {Reason} If it is still this process's share, it is begun again in {Pause}.")]
    public static partial void TakenOver(this ILogger log, string part, string reason, TimeSpan pause);

    [LoggerMessage(15, LogLevel.Information, "Ended; the others go on with its share.")]
    public static partial void HandedOver(this ILogger log);

    [LoggerMessage(16, LogLevel.Information, "The windows are changed as the configuration says: {Changes}.")]
    public static partial void WindowsChanged(this ILogger log, string changes);

    [LoggerMessage(17, LogLevel.Error, "The configuration was changed and is not taken; what was in force stays. {Problem}")]
    public static partial void ConfigurationRefused(this ILogger log, string problem);

    [LoggerMessage(18, LogLevel.Warning, "{File} was changed in what only a restart brings into force: {Names}.")]
    public static partial void WaitsForRestart(this ILogger log, string file, string names);

    [LoggerMessage(11, LogLevel.Warning, "{Message}")]
    public static partial void SinkReports(this ILogger log, string message);
}
