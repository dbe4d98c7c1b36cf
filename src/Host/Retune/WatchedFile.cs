using System.Security.Cryptography;

namespace Pipeline.Host.Retune;

/// <summary>
/// Tells when the content of a file has changed and stays so. The system's own notices only make it quicker: they miss files that are renamed
/// into place through links, and what another machine writes.
/// </summary>
internal sealed class WatchedFile(string path, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(250);

    private readonly string _path = Path.GetFullPath(path);
    private string _seen = ContentOf(Path.GetFullPath(path));

    /// <param name="changed">Called once the content is another than before, and the same for a moment.</param>
    public async Task RunAsync(Action changed, CancellationToken stop)
    {
        using var noticed = new SemaphoreSlim(0);
        using var notices = Notices(noticed);
        while (!stop.IsCancellationRequested)
        {
            if (await SettledAsync(stop) is { } content && content != _seen)
            {
                _seen = content;
                changed();
            }
            await PauseAsync(noticed, stop);
        }
    }

    /// <summary>The content, when it has been the same for a moment; null where it was stopped.</summary>
    private async Task<string?> SettledAsync(CancellationToken stop)
    {
        for (var before = _seen; !stop.IsCancellationRequested;)
        {
            var now = ContentOf(_path);
            if (now == before) return now;
            before = now;
            await Task.Delay(Settle, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    private async Task PauseAsync(SemaphoreSlim noticed, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(noticed.WaitAsync(ended.Token), Task.Delay(LookEvery, time, ended.Token));
        await ended.CancelAsync();
    }

    private FileSystemWatcher? Notices(SemaphoreSlim noticed)
    {
        try
        {
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!, Path.GetFileName(_path));
            watcher.Changed += (_, _) => Notice();
            watcher.Created += (_, _) => Notice();
            watcher.Renamed += (_, _) => Notice();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            return null; // no folder, or no more watches on this machine: looking every two seconds is enough
        }

        void Notice()
        {
            if (noticed.CurrentCount == 0) noticed.Release();
        }
    }

    /// <summary>A hash; empty where the file cannot be read.</summary>
    private static string ContentOf(string path)
    {
        try
        {
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
