namespace Pipeline.Sinks;

/// <summary>What somebody may have meant.</summary>
internal static class Nearest
{
    private const int Shown = 3;
    private const int MaxLength = 100;

    /// <summary>A sentence with the known texts that differ least.</summary>
    public static string Remedy(string text, IEnumerable<string> known)
    {
        var nearest = known.Distinct().OrderBy(k => Distance(text, k)).ThenBy(k => k, StringComparer.Ordinal).Take(Shown).ToList();
        return nearest.Count == 0 ? "There is none yet." : $"Nearest known: {string.Join(", ", nearest)}.";
    }

    /// <summary>How many letters must be put in, taken out or changed (Levenshtein), over the first of them.</summary>
    private static int Distance(string a, string b)
    {
        var from = a.AsSpan(0, Math.Min(a.Length, MaxLength));
        var to = b.AsSpan(0, Math.Min(b.Length, MaxLength));
        Span<int> row = stackalloc int[MaxLength + 1];
        for (var j = 0; j <= to.Length; j++) row[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= to.Length; j++)
            {
                var change = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}
