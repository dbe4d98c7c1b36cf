using Microsoft.Win32.SafeHandles;

namespace Pipeline.Transport.Embedded;

/// <summary>Reads runs of whole, sound frames of one segment into a buffer of its own.</summary>
internal sealed class FrameReader(string path) : IDisposable
{
    private const int BufferBytes = 1024 * 1024;

    // Deleting must stay possible: retention does not wait for readers.
    private readonly SafeFileHandle _file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
    private byte[] _buffer = [];

    /// <summary>
    /// The frames from <paramref name="position"/> on, as many as fit, not beyond <paramref name="limit"/>. Empty: the next frame is not
    /// sound, or there is none. Valid until the next call.
    /// </summary>
    public ReadOnlyMemory<byte> Read(long position, long limit)
    {
        var room = (int)Math.Min(limit - position, Array.MaxLength);
        var size = Math.Min(room, BufferBytes);
        while (true)
        {
            if (_buffer.Length < size) _buffer = new byte[Math.Max(size, Math.Min(2 * _buffer.Length, BufferBytes))];
            var read = ReadFully(_buffer.AsSpan(0, size), position);
            var bytes = Whole(_buffer.AsSpan(0, read), out var claimed);
            if (bytes > 0 || claimed <= size || claimed > room) return _buffer.AsMemory(0, bytes);
            size = (int)claimed;
        }
    }

    public void Dispose() => _file.Dispose();

    /// <param name="claimed">How long the first frame that does not fit says it is; 0 if none.</param>
    private static int Whole(ReadOnlySpan<byte> bytes, out long claimed)
    {
        var at = 0;
        while (true)
        {
            var rest = bytes[at..];
            claimed = Frame.Claimed(rest);
            if (claimed < Frame.Header || claimed > rest.Length || !Frame.IsSound(rest[..(int)claimed])) return at;
            at += (int)claimed;
        }
    }

    private int ReadFully(Span<byte> into, long position)
    {
        var total = 0;
        while (total < into.Length)
        {
            var read = RandomAccess.Read(_file, into[total..], position + total);
            if (read == 0) break;
            total += read;
        }
        return total;
    }
}
