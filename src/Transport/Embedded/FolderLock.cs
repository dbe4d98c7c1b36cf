namespace Pipeline.Transport.Embedded;

/// <summary>Keeps a folder to one process at a time. The kernel lets go of it when the process dies, however it dies.</summary>
internal sealed class FolderLock : IDisposable
{
    // Linux EWOULDBLOCK, macOS EWOULDBLOCK; Windows ERROR_SHARING_VIOLATION.
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _lock;

    private FolderLock(FileStream file) => _lock = file;

    /// <exception cref="LogInUseException">Another process has it.</exception>
    public static FolderLock Take(string folder)
    {
        var owner = Path.Combine(folder, "owner"); // beside the lock, which on Windows nobody else can read
        try
        {
            var file = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, $"{Environment.ProcessId}\n");
            return new FolderLock(file);
        }
        catch (IOException e) when (HeldByAnother.Contains(e.HResult))
        {
            throw new LogInUseException(folder, File.Exists(owner) ? File.ReadAllText(owner).Trim() : "(unknown)", e);
        }
    }

    public void Dispose() => _lock.Dispose();
}
