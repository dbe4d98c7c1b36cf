using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>A partial result with its summary decoded.</summary>
internal sealed record PartialResult(WindowResult Result, Summary Summary);
