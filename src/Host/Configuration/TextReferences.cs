using System.Text.RegularExpressions;

namespace Pipeline.Host.Configuration;

/// <summary>
/// Texts that are not in the configuration itself: <c>${env:NAME}</c> is an environment variable, <c>${file:PATH}</c> what a file holds,
/// without the line end. They may stand anywhere in a text, and what they stand for is never shown.
/// </summary>
internal static partial class TextReferences
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The text with all of them filled in; null, with the problems, where one cannot be.</summary>
    public static string? Fill(string text, string path, ProblemList problems)
    {
        if (!text.Contains("${", StringComparison.Ordinal)) return text;
        var before = problems.Count;
        var filled = Reference().Replace(text, match =>
        {
            var (kind, name) = (match.Groups[1].Value, match.Groups[2].Value);
            var (found, problem, remedy) = kind == "env" ? Variable(name) : File(name);
            if (found is null) problems.Add(path, problem, remedy);
            return found ?? "";
        });
        return problems.Count == before ? filled : null;
    }

    public static bool AreIn(string text) => Reference().IsMatch(text);

    private static (string? Text, string Problem, string Remedy) Variable(string name) =>
        (Environment.GetEnvironmentVariable(name), $"refers to the environment variable {name}, which is not set", "Set it for the program, or write the text itself.");

    private static (string? Text, string Problem, string Remedy) File(string path)
    {
        try
        {
            using var file = System.IO.File.OpenRead(path);
            using var reader = new StreamReader(file);
            var text = new char[MaxBytes];
            var length = reader.ReadBlock(text);
            return length < MaxBytes
                ? (new string(text, 0, length).TrimEnd('\r', '\n'), "", "")
                : (null, $"refers to the file {path}, which is 64 KiB or longer", "Check that this is the right file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"refers to the file {path}, which cannot be read", "Check the path, and that the user of the program may read it.");
        }
    }

    [GeneratedRegex(@"\$\{(env|file):([^}]+)\}")]
    private static partial Regex Reference();
}
