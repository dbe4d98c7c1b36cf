using Microsoft.Extensions.Logging;

namespace Pipeline.Ingest;

/// <summary>What ingest tells the operator.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(1001, LogLevel.Error, "The source '{Source}' failed; it is started again in {Pause}.")]
    public static partial void SourceFailed(this ILogger log, string source, TimeSpan pause, Exception error);

    [LoggerMessage(1002, LogLevel.Error, "The log takes no observations: {Reason} They wait in memory; what no longer fits is dropped and counted as overflow.")]
    public static partial void LogRefuses(this ILogger log, string reason);

    [LoggerMessage(1004, LogLevel.Error, "{Records} records were taken by the log or were not, and are not sent again: {Reason}")]
    public static partial void OutcomeUnknown(this ILogger log, int records, string reason);

    [LoggerMessage(1003, LogLevel.Information, "The log takes observations again.")]
    public static partial void LogAccepts(this ILogger log);
}
