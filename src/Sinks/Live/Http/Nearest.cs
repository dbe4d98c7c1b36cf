using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>What somebody may have meant.</summary>
internal static class Nearest
{
    private const int Shown = 3;

    /// <summary>A sentence with the known texts that come nearest.</summary>
    public static string Remedy(string text, IEnumerable<string> known)
    {
        var nearest = Spelling.Likeliest(text, known).Take(Shown).ToList();
        return nearest.Count == 0 ? "There is none yet." : $"Nearest known: {string.Join(", ", nearest)}.";
    }
}
