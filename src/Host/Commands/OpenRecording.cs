using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary>A recording as commands use it.</summary>
internal static class OpenRecording
{
    /// <summary>Opens the file and uses it, as far as it goes; what is wrong with it is told on standard error.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> UseAsync(string path, Func<Recording, Task<int>> use)
    {
        await Task.Yield(); // the command line listens for signals as soon as it has the task
        try
        {
            var recording = Recording.Open(path);
            if (recording.Damage is { } damage) await Console.Error.WriteLineAsync($"{path} is damaged: {damage}.");
            var exit = await use(recording);
            return exit == 0 && recording.Damage is not null ? ExitCodes.DamagedRecording : exit;
        }
        catch (RecordingDamagedException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.DamagedRecording;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.Failed;
        }
    }
}
