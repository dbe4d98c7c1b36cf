namespace Pipeline.Contracts;

/// <summary>The progress of time as a record: <paramref name="Node"/> will send nothing older than <paramref name="Promise"/>.</summary>
/// <param name="Promise">Unix milliseconds.</param>
public readonly record struct Tick(string Node, long Promise)
{
    /// <summary>The <c>kind</c> of a tick on the wire; no observation may carry it.</summary>
    public const string Kind = "tick";
}
