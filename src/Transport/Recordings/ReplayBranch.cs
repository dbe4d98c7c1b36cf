using Pipeline.Processing;

namespace Pipeline.Transport.Recordings;

/// <summary>What a recording is replayed through.</summary>
/// <param name="Flows">The first reads the recording; a second one reads what the first publishes.</param>
/// <param name="Listener">Told of what is published and not read by the second.</param>
public sealed record ReplayBranch(IReadOnlyList<Flow> Flows, IReplayListener Listener);
