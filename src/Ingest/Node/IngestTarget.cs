namespace Pipeline.Ingest;

/// <summary>Where a node writes, and under which name it promises.</summary>
public sealed record IngestTarget(string Topic, int Partitions, string Node);
