namespace Pipeline.Transport.Rebuilding;

/// <summary>A result as it stands in the log, with what it takes to compare it with another.</summary>
/// <param name="Key">A hash of metric, labels and end.</param>
/// <param name="Content">A hash of all but the revision.</param>
/// <param name="RevisionAt">Where the revision stands in the bytes.</param>
internal readonly record struct ResultText(UInt128 Key, UInt128 Content, long End, int Revision, long Count, Range RevisionAt);
