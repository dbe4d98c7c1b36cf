namespace Pipeline.Ingest.Push;

/// <summary>Where pushed observations go, and what holds for them there.</summary>
/// <param name="Node">The node that a line without a source is said to come from.</param>
/// <param name="KeyLabels">By kind, the label that keys its records: what windows over the kind rely on, whoever sends it.</param>
public sealed record PushTarget(string Topic, int Partitions, string Node, IReadOnlyDictionary<string, string> KeyLabels);
