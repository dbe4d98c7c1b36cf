using System.Globalization;

namespace Pipeline.Bench;

/// <summary>What stands behind the name of a benchmark.</summary>
internal static class BenchArguments
{
    /// <summary>What stands behind a word such as <c>--json</c>; null where the word is not there.</summary>
    public static string? Text(string[] args, string word) => args.SkipWhile(a => a != word).Skip(1).FirstOrDefault();

    /// <param name="usual">What it is where the word is not there.</param>
    public static int Number(string[] args, string word, int usual) => Text(args, word) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
