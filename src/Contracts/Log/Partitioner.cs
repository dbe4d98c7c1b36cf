using System.Buffers.Binary;

namespace Pipeline.Contracts;

/// <summary>
/// Which partition a key belongs to: Kafka's own rule (murmur2, seed 0x9747b28c, the sign bit cleared, modulo the partitions), so that
/// producers of any language that keep the default meet ours.
/// </summary>
public static class Partitioner
{
    private const uint Seed = 0x9747b28c;
    private const uint Multiplier = 0x5bd1e995;

    public static int Of(ReadOnlySpan<byte> key, int partitions) => (int)(Murmur2(key) & 0x7fffffff) % partitions;

    private static uint Murmur2(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        for (; data.Length >= 4; data = data[4..])
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(data) * Multiplier;
            word = (word ^ (word >> 24)) * Multiplier;
            hash = (hash * Multiplier) ^ word;
        }
        if (data.Length > 2) hash ^= (uint)data[2] << 16;
        if (data.Length > 1) hash ^= (uint)data[1] << 8;
        if (data.Length > 0) hash = (hash ^ data[0]) * Multiplier;
        hash = (hash ^ (hash >> 13)) * Multiplier;
        return hash ^ (hash >> 15);
    }
}
