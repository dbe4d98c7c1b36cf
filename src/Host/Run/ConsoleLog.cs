using Microsoft.Extensions.Logging.Console;

namespace Pipeline.Host.Run;

/// <summary>What the program tells on the console, on standard error.</summary>
internal static class ConsoleLog
{
    public static ILoggerFactory Create(bool isInteractive) => LoggerFactory.Create(builder => Configure(builder, isInteractive));

    public static void Configure(ILoggingBuilder builder, bool isInteractive) => builder
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // what it reports it also throws, and we report that
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = isInteractive ? "HH:mm:ss " : "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = isInteractive ? LoggerColorBehavior.Default : LoggerColorBehavior.Disabled;
        })
        .Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
}
