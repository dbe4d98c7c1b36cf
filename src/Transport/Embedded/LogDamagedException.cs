namespace Pipeline.Transport.Embedded;

/// <summary>Committed bytes are not what was written: a disk fault, or somebody else's hand.</summary>
public sealed class LogDamagedException(string path, long position) : Exception(
    $"{path} is damaged at byte {position}; all before it was read. To go on behind it, stop the program and move this file away.")
{
    public string Path { get; } = path;
    public long Position { get; } = position;
}
