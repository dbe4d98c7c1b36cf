using Pipeline.Contracts;
using Pipeline.Transport.Embedded;
using Pipeline.Transport.Kafka;

namespace Pipeline.Host.Commands;

/// <summary>The log as commands look at it, whether the program runs or not.</summary>
internal static class ReadOnlyLog
{
    /// <summary>Opens the log, uses it and closes it; what is wrong with it is told on standard error.</summary>
    /// <param name="options">Says whether it is on Kafka.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> UseAsync(PipelineOptions options, string data, Func<ILogView, Task<int>> use)
    {
        try
        {
            if (options.Log.Kafka is { } kafka)
            {
                await using var log = Kafka(options, kafka);
                return await use(log);
            }
            await using var view = EmbeddedLog.OpenReadOnly(Path.Combine(data, "log"), TimeProvider.System);
            return await use(view);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnknownTopicException or FormatException or LogDamagedException or LogUnavailableException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
    }

    public static KafkaLog Kafka(PipelineOptions options, KafkaOptions kafka) =>
        new(kafka, new Topics(options.Log.Prefix), options.Log.KafkaSpecs(), TimeProvider.System, _ => { });
}
