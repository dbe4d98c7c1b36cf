namespace Pipeline.Contracts;

/// <summary>Inputs that a window reads again because it was added after them.</summary>
/// <param name="From">The offset of the first.</param>
/// <param name="Through">The offset of the last that was published through when it was added.</param>
public sealed record Rebuild(long From, long Through);
