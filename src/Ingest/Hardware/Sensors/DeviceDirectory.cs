namespace Pipeline.Ingest.Hardware;

/// <summary>The directory of one device under /sys/class. What cannot be read is as if it were not there.</summary>
internal sealed class DeviceDirectory(string path)
{
    public string Name => Path.GetFileName(path);

    /// <summary>The last part of the link to the device itself; it tells equal devices apart.</summary>
    public string? Device => Path.GetFileName(Attempt(() => new FileInfo(FileOf("device")).LinkTarget));

    /// <summary>All devices of a class, in the order of their names.</summary>
    public static IEnumerable<DeviceDirectory> All(string root, string deviceClass) =>
        (Attempt(() => Directory.GetDirectories(Path.Combine(root, "sys/class", deviceClass))) ?? [])
            .Order(StringComparer.Ordinal).Select(path => new DeviceDirectory(path));

    public IEnumerable<string> Files(string pattern) =>
        (Attempt(() => Directory.GetFiles(path, pattern)) ?? []).Order(StringComparer.Ordinal);

    /// <summary>The text of a small file, or null where it is missing or empty.</summary>
    public string? Text(string file) =>
        Attempt(() => File.Exists(FileOf(file)) ? File.ReadAllText(FileOf(file)).Trim() : null) is { Length: > 0 } text ? text : null;

    public string FileOf(string file) => Path.Combine(path, file);

    private static T? Attempt<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
