using System.Reflection;

namespace Pipeline.Architecture.Tests;

/// <summary>The checked-out repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Foreign = ["bin", "obj", "artifacts", "node_modules"];
    private static readonly string[] Rooms = ["Contracts", "Processing", "Transport", "Ingest", "Sinks", "Host"];

    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The assemblies of src, by room.</summary>
    public static IReadOnlyDictionary<string, Assembly> Assemblies { get; } =
        Rooms.ToDictionary(room => room, room => Assembly.Load(room == "Host" ? "pipeline" : $"Pipeline.{room}"));

    /// <summary>The types of src that were written by hand.</summary>
    public static IEnumerable<Type> Types => Assemblies.Values.SelectMany(a => a.GetTypes())
        .Where(t => !t.FullName!.Contains('<', StringComparison.Ordinal) && t.Namespace?.StartsWith("Pipeline", StringComparison.Ordinal) == true);

    /// <summary>Files under a folder, relative to the root, without what is built or downloaded.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) => !Directory.Exists(Path.Combine(Root, folder)) ? [] :
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Intersect(Foreign).Any())
            .Order(StringComparer.Ordinal);

    /// <summary>The C# files of src, tests and bench.</summary>
    public static IEnumerable<string> Sources => new[] { "src", "tests", "bench" }.SelectMany(f => Files(f, "*.cs"));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "Pipeline.sln")) ? folder : FindRoot(Path.GetDirectoryName(folder.TrimEnd('/', '\\'))!);
}
