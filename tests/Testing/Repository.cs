namespace Pipeline.Testing;

/// <summary>The files that the tests are about.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Debug or Release, as the tests.</summary>
    public static string Build { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Pipeline.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
