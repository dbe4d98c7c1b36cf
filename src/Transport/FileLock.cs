namespace Pipeline.Transport;

/// <summary>A file that one process has at a time. The kernel lets go of it when the process dies, however it dies.</summary>
internal static class FileLock
{
    // Linux EWOULDBLOCK, macOS EWOULDBLOCK; Windows ERROR_SHARING_VIOLATION.
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    /// <summary>The file, made where there is none; null where another process has it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (HeldByAnother.Contains(e.HResult))
        {
            return null;
        }
    }
}
