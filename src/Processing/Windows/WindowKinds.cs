namespace Pipeline.Processing;

/// <summary>What windows of several kinds have in common.</summary>
public static class WindowKinds
{
    /// <summary>Whether the clock cuts them, at the same places for all groups. Of others the samples decide where they begin and end.</summary>
    public static bool IsByClock(this WindowKind kind) => kind is WindowKind.Tumbling or WindowKind.Hopping;

    /// <summary>As the operator writes it.</summary>
    public static string Word(this WindowKind kind) => kind.ToString().ToLowerInvariant();
}
