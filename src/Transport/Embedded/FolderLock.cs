namespace Pipeline.Transport.Embedded;

/// <summary>Keeps a folder to one process at a time.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _lock;

    private FolderLock(FileStream file) => _lock = file;

    /// <exception cref="LogInUseException">Another process has it.</exception>
    public static FolderLock Take(string folder)
    {
        var owner = Path.Combine(folder, "owner"); // beside the lock, which on Windows nobody else can read
        var file = FileLock.TryTake(Path.Combine(folder, "lock"))
            ?? throw new LogInUseException(folder, File.Exists(owner) ? File.ReadAllText(owner).Trim() : "(unknown)");
        File.WriteAllText(owner, $"{Environment.ProcessId}\n");
        return new FolderLock(file);
    }

    public void Dispose() => _lock.Dispose();
}
