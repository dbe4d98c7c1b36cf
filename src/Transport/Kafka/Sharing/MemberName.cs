using System.Text;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// The name of a process among those that share work, kept in a file that is locked while the process lives. Who finds one unlocked starts where
/// another one died, and goes on under its name: to the others nothing has happened, and nobody's partitions move.
/// </summary>
public sealed class MemberName : IDisposable
{
    private const int MaxPerFolder = 64;

    private readonly FileStream? _file;

    private MemberName(string value, FileStream? file) => (Value, _file) = (value, file);

    public string Value { get; }

    /// <summary>The first name kept in a folder that nobody goes by; a new one for this run alone where the folder cannot be used.</summary>
    public static MemberName Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            for (var i = 0; i < MaxPerFolder; i++)
                // With the machine's name, since machines that share a disk do not always see each other's locks.
                if (FileLock.TryTake(Path.Combine(folder, $"{Environment.MachineName}-{i}")) is { } file) return new MemberName(ReadOrWrite(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then a process that comes back waits until the others hold it for dead, as any other would.
        }
        return new MemberName(New(), file: null);
    }

    public void Dispose() => _file?.Dispose();

    private static string ReadOrWrite(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        if (reader.ReadToEnd() is { Length: > 0 } kept) return kept;
        var name = New();
        file.Write(Encoding.UTF8.GetBytes(name));
        file.Flush();
        return name;
    }

    private static string New() => $"{Environment.MachineName}-{Guid.NewGuid():N}";
}
