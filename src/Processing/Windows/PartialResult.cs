using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>A partial result with its summary and its states decoded.</summary>
internal sealed record PartialResult(WindowResult Result, Summary Summary, IReadOnlyDictionary<string, IStatistic> States)
{
    /// <exception cref="FormatException">Its sketch or a state cannot be read, or no samples have these figures.</exception>
    public static PartialResult Of(WindowResult result)
    {
        var states = new Dictionary<string, IStatistic>();
        foreach (var (name, bytes) in result.States ?? new Dictionary<string, byte[]>())
            if (StateEncoder.Decode(name, bytes, result.Count) is { } state) states.Add(name, state);
        return new PartialResult(result, Summary.Of(result), states);
    }
}
