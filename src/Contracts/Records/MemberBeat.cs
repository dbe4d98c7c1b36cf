namespace Pipeline.Contracts;

/// <summary>A sign of life of a process that shares work with others.</summary>
/// <param name="Member">Its name, which it keeps when it is started again.</param>
/// <param name="Run">Differs from start to start.</param>
/// <param name="Works">What it takes a share of: stages and sinks.</param>
/// <param name="IsLeaving">It ends and gives up its share at once.</param>
public sealed record MemberBeat(string Member, string Run, IReadOnlyList<string> Works, bool IsLeaving = false);
