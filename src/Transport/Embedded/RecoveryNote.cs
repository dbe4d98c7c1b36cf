namespace Pipeline.Transport.Embedded;

/// <summary>One thing that was found on opening a log, and what was done about it.</summary>
public sealed record RecoveryNote(RecoveryKind Kind, string Path, string Message);
