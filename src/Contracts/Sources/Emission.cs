namespace Pipeline.Contracts;

/// <summary>What a source sends at once, and what it promises with it.</summary>
/// <param name="Observations">May be empty: then only the promise moves.</param>
/// <param name="Promise">Unix milliseconds: no later emission holds an observation older than this. It may lie in the future.</param>
public sealed record Emission(IReadOnlyList<Observation> Observations, long Promise);
