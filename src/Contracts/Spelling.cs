namespace Pipeline.Contracts;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
public static class Spelling
{
    private const int MaxLength = 100;

    /// <summary>The known words, the likeliest first: those that hold the word, then by distance.</summary>
    public static IEnumerable<string> Likeliest(string word, IEnumerable<string> known) => known.Distinct()
        .OrderBy(k => word.Length > 0 && k.Contains(word, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
        .ThenBy(k => Distance(word, k)).ThenBy(k => k, StringComparer.Ordinal);

    /// <summary>
    /// How many letters must be put in, taken out or changed (Levenshtein), over the first hundred, with capitals equal to small letters.
    /// </summary>
    public static int Distance(string a, string b)
    {
        var from = a.AsSpan(0, Math.Min(a.Length, MaxLength));
        var to = b.AsSpan(0, Math.Min(b.Length, MaxLength));
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= to.Length; j++) row[j] = j;
        foreach (var letter in from)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(letter) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}
