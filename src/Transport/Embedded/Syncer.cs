namespace Pipeline.Transport.Embedded;

/// <summary>Forces what was appended to the disk from time to time, without holding up appends.</summary>
internal sealed class Syncer(Appender appender, CommitJournal journal, CommitRound round)
{
    public async Task RunAsync(TimeSpan interval, TimeProvider time, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop)) await SyncAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    public async Task SyncAsync()
    {
        var (state, length, files) = (Snapshot.Empty, 0L, (IReadOnlyCollection<string>)[]);
        await appender.InTurnAsync(() => (state, length, files) = journal.BeginSync(), CancellationToken.None);
        if (files.Count == 0) return;
        try
        {
            foreach (var file in files) Force(file);
            await appender.InTurnAsync(() => journal.EndSync(state, length), CancellationToken.None);
            journal.Force();
        }
        catch (IOException e)
        {
            await appender.InTurnAsync(() => round.Break(e), CancellationToken.None);
        }
    }

    /// <summary>Forces the bytes of a file, by whichever handle they were written.</summary>
    public static void Force(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }
        catch (FileNotFoundException)
        {
            // Retention was faster.
        }
    }
}
