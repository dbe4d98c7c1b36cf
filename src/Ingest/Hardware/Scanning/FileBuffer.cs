namespace Pipeline.Ingest.Hardware;

/// <summary>Reads whole files into memory used again and again. Files of /proc have no length, so it reads to the end.</summary>
internal sealed class FileBuffer
{
    private const int Largest = 1024 * 1024;

    private byte[] _bytes = new byte[16 * 1024];

    public ReadOnlySpan<byte> Read(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = 0;
        while (RandomAccess.Read(file, _bytes.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
            if (length == Largest) throw new IOException("it is larger than 1 MiB");
            if (length == _bytes.Length) Array.Resize(ref _bytes, length * 2);
        }
        return _bytes.AsSpan(0, length);
    }
}
