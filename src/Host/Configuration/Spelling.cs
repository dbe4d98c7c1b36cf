namespace Pipeline.Host.Configuration;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
internal static class Spelling
{
    /// <summary>The nearest of the known words, if it is near enough to be meant.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        if (word.Length > 64) return null; // nobody misspells that much, and the distance is quadratic
        var nearest = known.MinBy(k => Distance(word, k));
        return nearest is not null && Distance(word, nearest) <= Math.Max(1, word.Length / 3) ? nearest : null;
    }

    public static string DidYouMean(string word, IReadOnlyCollection<string> known) =>
        Nearest(word, known) is { } nearest ? $"Did you mean '{nearest}'?" : $"Known here: {string.Join(", ", known)}.";

    // Levenshtein's, by rows, with capitals equal to small letters.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        foreach (var (i, left) in a.Index())
        {
            var diagonal = row[0];
            row[0] = i + 1;
            foreach (var (j, right) in b.Index())
            {
                var swap = diagonal + (char.ToLowerInvariant(left) == char.ToLowerInvariant(right) ? 0 : 1);
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j], row[j + 1]) + 1, swap));
            }
        }
        return row[^1];
    }
}
