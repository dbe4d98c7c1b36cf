using Pipeline.Contracts;

namespace Pipeline.Host.Configuration;

/// <summary>Says what a word in the configuration was meant to be, where that is near enough to be said.</summary>
internal static class Guess
{
    /// <summary>The likeliest of the known words, if it is near enough to be meant.</summary>
    public static string? Of(string word, IEnumerable<string> known) =>
        Spelling.Likeliest(word, known).FirstOrDefault() is { } likeliest && Spelling.Distance(word, likeliest) <= Math.Max(1, word.Length / 3) ? likeliest : null;

    public static string DidYouMean(string word, IReadOnlyCollection<string> known) =>
        Of(word, known) is { } likeliest ? $"Did you mean '{likeliest}'?" : $"Known here: {string.Join(", ", known)}.";
}
