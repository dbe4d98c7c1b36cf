using System.Text.RegularExpressions;

namespace Pipeline.Architecture.Tests;

public partial class DocumentTests
{
    [Fact]
    public void Paths_that_documents_name_exist() =>
        Assert.Empty(Documents().SelectMany(d => Missing(d, Repository.Read(d)).Select(path => $"{d}: {path}")));

    [Fact]
    public void A_path_that_does_not_exist_is_found()
    {
        const string text = "`src/Nowhere/` and `src/Host` and `./pipeline up` and [a](../../none.md) and [b](../../CHANGELOG.md#unreleased) and [c](https://x/y.md)";

        Assert.Equal(["src/Nowhere/", "../../none.md"], Missing("docs/adr/0000.md", text));
    }

    [Fact]
    public void There_is_a_changelog() => Assert.StartsWith("# Changelog", Repository.Read("CHANGELOG.md"), StringComparison.Ordinal);

    private static IEnumerable<string> Documents() => Repository.Files("docs", "*.md").Concat(Repository.Files(".", "README.md"));

    private static IEnumerable<string> Missing(string document, string text)
    {
        var named = Named().Matches(text).Select(m => (Written: m.Groups[1].Value, Path: m.Groups[1].Value));
        var linked = Linked().Matches(text).Select(m => (Written: m.Groups[1].Value, Path: Path.Combine(Path.GetDirectoryName(document)!, m.Groups[1].Value)));
        return named.Concat(linked).Where(p => !Exists(p.Path)).Select(p => p.Written);
    }

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path)) || IsBuilt(path);

    // What git ignores is there only once it has been built.
    private static bool IsBuilt(string path) => Repository.Read(".gitignore").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Any(ignored => Path.GetRelativePath(".", path).StartsWith(ignored.TrimEnd('/'), StringComparison.Ordinal));

    /// In backticks: a path from the root, alone or as the first word of a command.
    [GeneratedRegex(@"`((?:(?:\./)?(?:src|tests|docs|bench|config|web|grafana|\.ci)/[\w./-]*|\./\w[\w./-]*|[A-Z]\w+(?:\.\w+)*\.(?:props|txt|sln|md)))(?: [^`]*)?`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Linked();
}
