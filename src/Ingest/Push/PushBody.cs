using System.Buffers;
using System.IO.Compression;

namespace Pipeline.Ingest.Push;

/// <summary>A whole body in a rented buffer.</summary>
public sealed class PushBody : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 << 10);
    private int _length;

    private PushBody() { }

    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>The stream without its Content-Encoding; null where that is unknown.</summary>
    public static Stream? Decode(Stream stream, string encoding) => encoding.ToLowerInvariant() switch
    {
        "" or "identity" => stream,
        "gzip" or "x-gzip" => new GZipStream(stream, CompressionMode.Decompress),
        _ => null,
    };

    /// <summary>Reads to the end, or until there is one byte too many: then the answer is null.</summary>
    /// <exception cref="InvalidDataException">It is not what its encoding says, or was cut off.</exception>
    public static async Task<PushBody?> ReadAsync(Stream stream, int limit, CancellationToken abort)
    {
        var body = new PushBody();
        try
        {
            while (await body.ReadMoreAsync(stream, abort))
                if (body._length > limit) return null;
            var whole = body;
            body = null;
            return whole;
        }
        finally
        {
            body?.Dispose();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _buffer, []));

    private async ValueTask<bool> ReadMoreAsync(Stream stream, CancellationToken abort)
    {
        if (_length == _buffer.Length) Grow();
        var read = await stream.ReadAsync(_buffer.AsMemory(_length), abort);
        _length += read;
        return read > 0;
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
