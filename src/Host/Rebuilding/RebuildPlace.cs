using Pipeline.Contracts;
using Pipeline.Host.Commands;
using Pipeline.Transport.Embedded;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Host.Rebuilding;

/// <summary>Where a rebuild runs: in this process where it can have the log, else in the program that has it.</summary>
/// <param name="Data">The folder of the log that is not on Kafka.</param>
/// <param name="Url">Of the program that may have it.</param>
internal sealed record RebuildPlace(PipelineOptions Options, string Data, Uri Url)
{
    public async Task<RebuildAnswer> RunAsync(RebuildOrder order, Action<RebuildProgress> moved, CancellationToken abort)
    {
        try
        {
            if (Options.Log.Kafka is not { } kafka) return await RunOnDiskAsync(order, moved, abort);
            await using var log = ReadOnlyLog.Kafka(Options, kafka);
            return await new Rebuilds(log, Options).RunAsync(order, moved, abort);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UnknownTopicException or LogDamagedException or LogUnavailableException)
        {
            return new RebuildAnswer(Problem: e.Message);
        }
    }

    private async Task<RebuildAnswer> RunOnDiskAsync(RebuildOrder order, Action<RebuildProgress> moved, CancellationToken abort)
    {
        var folder = Path.Combine(Data, "log");
        await EmbeddedLog.OpenReadOnly(folder, TimeProvider.System).DisposeAsync(); // says so where there is none; the next would make one
        try
        {
            await using var log = EmbeddedLog.Open(folder, Options.Log.Specs(), Options.Log.Disk, TimeProvider.System);
            return await new Rebuilds(log, Options).RunAsync(order, moved, abort);
        }
        catch (LogInUseException e)
        {
            return await RebuildClient.RunAsync(Url, order, e.Message, moved, abort);
        }
    }
}
