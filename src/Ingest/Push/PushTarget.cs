namespace Pipeline.Ingest.Push;

/// <summary>Where pushed observations go, and the node that a line without a source is said to come from.</summary>
public sealed record PushTarget(string Topic, int Partitions, string Node);
