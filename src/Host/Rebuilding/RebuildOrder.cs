using Pipeline.Transport.Rebuilding;

namespace Pipeline.Host.Rebuilding;

/// <summary>What is to be rebuilt, as the command asks the running program for it.</summary>
/// <param name="From">Unix milliseconds; null for all that the log still holds whole.</param>
internal sealed record RebuildOrder(string Window, long? From, bool DryRun)
{
    public RebuildRequest Request => new(From, DryRun);
}
