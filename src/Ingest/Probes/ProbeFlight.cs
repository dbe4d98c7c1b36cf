namespace Pipeline.Ingest.Probes;

/// <summary>A probe that was started.</summary>
/// <param name="Lateness">From the intended instant to the start.</param>
public sealed record ProbeFlight(ProbeInstant Instant, TimeSpan Lateness, Task<ProbeResult> Result);
