namespace Pipeline.Transport.Rebuilding;

/// <summary>Window ends, the first and the last of them included, Unix milliseconds.</summary>
internal readonly record struct EndRange(long First, long Last)
{
    public bool IsEmpty => Last < First;
}
