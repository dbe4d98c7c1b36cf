namespace Pipeline.Ingest.Tests.Hardware;

/// <summary>
/// A proc and a sys in a temporary directory, from one text: <c>--- path</c> begins a file, <c>--- path/</c> makes a directory, and
/// <c>--- path -> target</c> a link. In one text, because file systems of other platforms have no colons in names.
/// </summary>
internal sealed class FixtureTree : IDisposable
{
    private const string Mark = "--- ";

    public FixtureTree(string text)
    {
        foreach (var part in ("\n" + text).Split("\n" + Mark, StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal);
            var (head, content) = end < 0 ? (part, "") : (part[..end], part[(end + 1)..] + "\n");
            if (head.Split(" -> ") is [var link, var target]) File.CreateSymbolicLink(Prepare(link), target);
            else if (head.EndsWith('/')) Directory.CreateDirectory(Full(head));
            else Write(head, content);
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("hardware-").FullName;

    /// <summary>The paths of all files under the root, without links.</summary>
    public IReadOnlyList<string> Files =>
        [.. from file in new DirectoryInfo(Root).GetFiles("*", SearchOption.AllDirectories)
            where file.LinkTarget is null
            orderby file.FullName
            select Path.GetRelativePath(Root, file.FullName)];

    public void Write(string path, string content) => File.WriteAllText(Prepare(path), content);
    public void Write(string path, byte[] content) => File.WriteAllBytes(Prepare(path), content);
    public byte[] Read(string path) => File.ReadAllBytes(Full(path));
    public void Replace(string path, string old, string content) =>
        Write(path, File.ReadAllText(Full(path)).Replace(old, content, StringComparison.Ordinal));
    public void Delete(string path) => File.Delete(Full(path));
    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string Full(string path) => Path.Combine(Root, path);

    private string Prepare(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        return Full(path);
    }
}
