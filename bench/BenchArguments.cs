using System.Globalization;

namespace Pipeline.Bench;

/// <summary>What stands behind the name of a benchmark.</summary>
internal static class BenchArguments
{
    /// <summary>The number behind a word such as <c>--runs</c>.</summary>
    /// <param name="usual">What it is where the word is not there.</param>
    public static int Number(string[] args, string word, int usual) =>
        Array.IndexOf(args, word) is var at and >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : usual;
}
