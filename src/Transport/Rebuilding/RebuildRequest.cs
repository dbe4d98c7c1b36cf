namespace Pipeline.Transport.Rebuilding;

/// <summary>What of a window is to be rebuilt.</summary>
/// <param name="From">Ends after this, Unix milliseconds; null for all that the log still holds whole.</param>
/// <param name="IsDry">Only compares; nothing is published.</param>
public sealed record RebuildRequest(long? From, bool IsDry);
