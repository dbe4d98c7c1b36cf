using System.Collections.Frozen;

namespace Pipeline.Ingest.Push;

/// <summary>The unit of a time stamp.</summary>
/// <param name="Nanoseconds">How many nanoseconds one unit is.</param>
public readonly record struct Precision(long Nanoseconds)
{
    public static readonly Precision Milliseconds = new(1_000_000);

    /// <summary>Times are kept to what InfluxDB can hold (1677 to 2262), so that any sink can write what was taken in here.</summary>
    private const long Least = long.MinValue + 2, Greatest = long.MaxValue - 1;

    private static readonly FrozenDictionary<string, Precision> V1 = Table(
        ("ns", 1), ("n", 1), ("us", 1_000), ("u", 1_000), ("µs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000));

    private static readonly FrozenDictionary<string, Precision> V2 =
        Table(("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000));

    /// <summary>Reads the query parameter; empty is nanoseconds. An unknown word is an error: InfluxDB 1 reads it as nanoseconds.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Parse(string word, PushDialect dialect, out Precision precision)
    {
        var table = dialect == PushDialect.InfluxV1 ? V1 : V2;
        if (table.TryGetValue(word.Length == 0 ? "ns" : word, out precision)) return null;
        var known = table.OrderBy(p => p.Value.Nanoseconds).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key);
        return $"unknown precision '{Excerpt.Of(word)}'; use one of {string.Join(", ", known)}";
    }

    /// <summary>Unix time in whole milliseconds, rounded down.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? ToMilliseconds(long count, out long milliseconds)
    {
        var nanoseconds = (Int128)count * Nanoseconds;
        var inRange = nanoseconds >= Least && nanoseconds <= Greatest;
        milliseconds = inRange ? FloorDivide((long)nanoseconds, Milliseconds.Nanoseconds) : 0;
        return inRange ? null : "time outside 1677-09-21 to 2262-04-11; is the precision right?";
    }

    private static long FloorDivide(long dividend, long divisor)
    {
        var quotient = dividend / divisor;
        return dividend % divisor < 0 ? quotient - 1 : quotient;
    }

    private static FrozenDictionary<string, Precision> Table(params (string Word, long Nanoseconds)[] units) =>
        units.ToFrozenDictionary(u => u.Word, u => new Precision(u.Nanoseconds), StringComparer.Ordinal);
}
