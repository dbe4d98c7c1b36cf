using System.Buffers.Text;
using System.Text;

namespace Pipeline.Transport.Kafka;

/// <summary>Names that no other record has: of this producer's life, and counted.</summary>
internal sealed class RecordIds
{
    private readonly byte[] _id = new byte[32 + 1 + 20];
    private long _count;

    public RecordIds() => Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}-", _id);

    public ReadOnlySpan<byte> Next()
    {
        Utf8Formatter.TryFormat(_count++, _id.AsSpan(33), out var written);
        return _id.AsSpan(0, 33 + written);
    }
}
