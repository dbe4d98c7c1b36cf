namespace Pipeline.Sinks;

/// <summary>Why a request is not answered, and what to do.</summary>
/// <param name="Status">The HTTP status.</param>
internal sealed record ApiProblem(int Status, string Error, string Remedy);
