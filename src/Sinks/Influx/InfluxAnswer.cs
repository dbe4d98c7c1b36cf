namespace Pipeline.Sinks.Influx;

/// <summary>What became of a request.</summary>
public enum InfluxOutcome
{
    /// <summary>All of it is stored.</summary>
    Stored,

    /// <summary>
    /// Some of its points are refused for what they are. Of the others all or none are stored, as the server pleases; sending them again
    /// does no harm.
    /// </summary>
    Refused,

    /// <summary>The server is not there, or not ready, or does not let us in. Some of the request may be stored.</summary>
    Unavailable,
}

/// <param name="Words">What the server said.</param>
/// <param name="Dropped">How many points it says it left out; 0 where it does not say.</param>
/// <param name="RetryAfter">How long it asks to be left alone.</param>
public sealed record InfluxAnswer(InfluxOutcome Outcome, string Words = "", int Dropped = 0, TimeSpan? RetryAfter = null)
{
    public static readonly InfluxAnswer Stored = new(InfluxOutcome.Stored);
}
