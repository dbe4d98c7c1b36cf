namespace Pipeline.Ingest.Probes;

/// <summary>An instant at which a target was to be probed.</summary>
/// <param name="Missed">It is too late to probe it: the next instant of the target has come.</param>
/// <param name="Omitted">Instants of the target before this one, missed too, that are not even reported.</param>
public sealed record ProbeInstant(int Index, ProbeTarget Target, DateTimeOffset Intended, bool Missed, long Omitted);
