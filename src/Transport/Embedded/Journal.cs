using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pipeline.Transport.Embedded;

/// <summary>The list of commits, and so the truth about what is in the log: bytes that it does not name are not there.</summary>
internal sealed class Journal : IDisposable
{
    private readonly MemoryStream _entry = new();
    private readonly BinaryWriter _writer;
    private readonly string _path;
    private SafeFileHandle _file;

    /// <summary>Puts a journal with this one entry in the place of what was there.</summary>
    public Journal(string folder, Snapshot start, bool force)
    {
        _writer = new BinaryWriter(_entry, Encoding.UTF8);
        _path = PathIn(folder);
        _file = Replace(start, [], force);
    }

    public long Length { get; private set; }

    public static string PathIn(string folder) => Path.Combine(folder, "journal");

    /// <summary>Adds an entry. If that fails, <see cref="Undo"/> it.</summary>
    public void Append(JournalEntry entry)
    {
        var bytes = Encode(entry);
        RandomAccess.Write(_file, bytes, Length);
        Length += bytes.Length;
    }

    /// <summary>Takes back what was added since the journal was this long.</summary>
    public void Undo(long length)
    {
        RandomAccess.SetLength(_file, length);
        Length = length;
    }

    public void Force() => RandomAccess.FlushToDisk(_file);

    /// <summary>Rewrites the journal as a snapshot and what was added since it was <paramref name="from"/> long; returns the snapshot's length.</summary>
    public long Roll(Snapshot start, long from, bool force)
    {
        var tail = new byte[Length - from];
        if (RandomAccess.Read(_file, tail, from) < tail.Length) throw new IOException($"{_path} is shorter than what was written to it.");
        var rolled = Replace(start, tail, force);
        _file.Dispose();
        _file = rolled;
        return Length - tail.Length;
    }

    public void Dispose()
    {
        _file.Dispose();
        _writer.Dispose();
    }

    private SafeFileHandle Replace(Snapshot start, ReadOnlySpan<byte> tail, bool force)
    {
        var path = _path + ".new";
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var head = Encode(start);
            RandomAccess.Write(file, head, 0);
            RandomAccess.Write(file, tail, head.Length);
            if (force) RandomAccess.FlushToDisk(file);
            File.Move(path, _path, overwrite: true);
            Length = head.Length + tail.Length;
            return file;
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    private ReadOnlySpan<byte> Encode(JournalEntry entry)
    {
        _entry.SetLength(0);
        _writer.Write(0L);
        entry.Write(_writer);
        var bytes = _entry.GetBuffer().AsSpan(0, (int)_entry.Length);
        BitConverter.TryWriteBytes(bytes, (uint)(bytes.Length - JournalEntry.Prefix));
        BitConverter.TryWriteBytes(bytes[4..], Crc32C.Of(bytes[JournalEntry.Prefix..]));
        return bytes;
    }
}
