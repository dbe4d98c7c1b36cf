namespace Pipeline.Processing;

/// <summary>The bytes of states, documented in docs/statistics.md: a version, then what the state itself writes.</summary>
internal sealed class StateEncoder
{
    private const byte Version = 1;

    private delegate IStatistic Reader(ref VarintReader from);

    private static readonly Dictionary<string, Reader> Readers = new()
    {
        [Deviation.StateName] = Deviation.Read, [CounterIncrease.StateName] = CounterIncrease.Read, [ShareAbove.StateName] = ShareAbove.Read,
        [DistinctCount.StateName] = DistinctCount.Read, [DecayingMean.StateName] = DecayingMean.Read,
    };

    private readonly StateWriter _writer = new();

    public byte[] Encode(IEncodedState state)
    {
        _writer.Clear();
        _writer.Byte(Version);
        state.Write(_writer);
        return _writer.ToArray();
    }

    /// <summary>The state, or null where this program knows none of the name.</summary>
    /// <param name="count">How many samples it is to speak of; null where that is not known.</param>
    /// <exception cref="FormatException">These are not the bytes of such a state, and why.</exception>
    public static IStatistic? Decode(string name, ReadOnlySpan<byte> bytes, long? count)
    {
        if (!Readers.TryGetValue(name, out var read)) return null;
        var rest = new VarintReader(bytes);
        var version = rest.ReadBytes(1)[0];
        if (version != Version) throw new FormatException($"Version {version} of the encoding of '{name}' is not known; this is version {Version}.");
        var state = read(ref rest);
        rest.ExpectEnd();
        return count is null || state.Count is not { } own || own == count ? state : throw new FormatException($"It counts {count} samples, its state '{name}' {own}.");
    }
}
