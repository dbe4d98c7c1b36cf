using System.Text;

namespace Pipeline.Processing;

/// <summary>
/// How many different texts a label has among the samples. Up to <see cref="ExactLimit"/> their hashes are kept and counted; beyond, a
/// <see cref="HyperLogLog"/>. The state depends on the set of texts alone. Commutative, and merging twice changes nothing.
/// </summary>
/// <param name="label">The label whose texts are counted.</param>
internal sealed class DistinctCount(string label) : IStatistic
{
    public const string StateName = "distinct";

    /// <summary>Up to so many, the hashes take less room than the registers.</summary>
    public const int ExactLimit = 128;

    private const int MaxLabel = 1000;
    private const byte Exact = 0;
    private const byte Estimated = 1;

    private ulong[] _hashes = [];
    private int _count;
    private byte[]? _registers;

    public string Name => StateName;
    private string Label => label;

    public IStatistic Empty() => new DistinctCount(label);

    public void Add(in StatisticSample sample)
    {
        if (sample.Tag.Text != 0) Add(sample.Tag.Text);
    }

    public void Merge(IStatistic later)
    {
        var other = (DistinctCount)later;
        if (other._registers is { } registers) HyperLogLog.Merge(AsRegisters(), registers);
        else foreach (var hash in other._hashes.AsSpan(0, other._count)) Add(hash);
    }

    public void Finish(FurtherFigures figures) => figures.Distinct = _registers is null ? _count : HyperLogLog.Estimate(_registers);

    public bool IsLike(IEncodedState other) => other is DistinctCount distinct && distinct.Label == label;

    public void Write(StateWriter to)
    {
        var name = Encoding.UTF8.GetBytes(label);
        to.Number((ulong)name.Length);
        to.Bytes(name);
        to.Byte(_registers is null ? Exact : Estimated);
        if (_registers is { } registers)
        {
            // Four ranks of six bits, the first the lowest, in three bytes.
            for (var i = 0; i < registers.Length; i += 4)
            {
                var four = registers[i] | registers[i + 1] << 6 | registers[i + 2] << 12 | registers[i + 3] << 18;
                to.Bytes([(byte)four, (byte)(four >> 8), (byte)(four >> 16)]);
            }
            return;
        }
        to.Number((ulong)_count);
        foreach (var hash in _hashes.AsSpan(0, _count)) to.Hash(hash);
    }

    /// <exception cref="FormatException">No texts have this state.</exception>
    public static IStatistic Read(ref VarintReader from)
    {
        var length = from.Read();
        if (length > MaxLabel) throw new FormatException($"A label has at most {MaxLabel} bytes, not {length}.");
        var state = new DistinctCount(Encoding.UTF8.GetString(from.ReadBytes((int)length)));
        var mode = from.ReadBytes(1)[0];
        if (mode == Exact) state.ReadHashes(ref from);
        else if (mode == Estimated) state.ReadRegisters(from.ReadBytes(HyperLogLog.Registers / 4 * 3));
        else throw new FormatException($"Texts are counted exactly (0) or estimated (1), not {mode}.");
        return state;
    }

    private void Add(ulong hash)
    {
        if (_registers is not null)
        {
            HyperLogLog.Add(_registers, hash);
            return;
        }
        var at = _hashes.AsSpan(0, _count).BinarySearch(hash);
        if (at >= 0) return;
        if (_count == ExactLimit)
        {
            HyperLogLog.Add(AsRegisters(), hash);
            return;
        }
        Arrays.Grow(ref _hashes, _count + 1);
        Array.Copy(_hashes, ~at, _hashes, ~at + 1, _count++ - ~at);
        _hashes[~at] = hash;
    }

    private byte[] AsRegisters()
    {
        if (_registers is { } registers) return registers;
        registers = new byte[HyperLogLog.Registers];
        foreach (var hash in _hashes.AsSpan(0, _count)) HyperLogLog.Add(registers, hash);
        (_hashes, _count) = ([], 0);
        return _registers = registers;
    }

    private void ReadHashes(ref VarintReader from)
    {
        var count = from.Read();
        if (count > ExactLimit) throw new FormatException($"At most {ExactLimit} hashes are kept, not {count}.");
        var before = 0UL;
        for (; count > 0; count--)
        {
            var hash = from.ReadHash();
            if (hash <= before) throw new FormatException("Hashes ascend.");
            Add(before = hash);
        }
    }

    private void ReadRegisters(ReadOnlySpan<byte> bytes)
    {
        var registers = AsRegisters();
        for (var i = 0; i < registers.Length; i++)
        {
            var four = bytes[i / 4 * 3] | bytes[i / 4 * 3 + 1] << 8 | bytes[i / 4 * 3 + 2] << 16;
            registers[i] = (byte)(four >> i % 4 * 6 & 0x3f);
            if (registers[i] > HyperLogLog.MaxRank) throw new FormatException($"No hash has the rank {registers[i]}.");
        }
    }
}
