namespace Pipeline.Contracts;

/// <summary>A sign of life of a process that shares work with others.</summary>
/// <param name="Member">Its name, new with every start.</param>
/// <param name="Works">What it takes a share of: stages and sinks.</param>
/// <param name="IsLeaving">It ends and gives up its share at once.</param>
public sealed record MemberBeat(string Member, IReadOnlyList<string> Works, bool IsLeaving = false);
