namespace Pipeline.Transport.Embedded;

/// <summary>Keeps up with a journal that another process may be writing.</summary>
internal sealed class JournalFollower(string folder, LogState state)
{
    private const int GenerationAt = JournalEntry.Prefix + 1;

    private long? _generation;
    private long _position;

    /// <summary>Takes in what was added since the last time.</summary>
    public void Poll()
    {
        using var file = new FileStream(Journal.PathIn(folder), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var head = new byte[GenerationAt + sizeof(long)];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length) return;
        var generation = BitConverter.ToInt64(head, GenerationAt);
        if (generation == _generation) Follow(ReadFrom(file, _position));
        else if (Load(ReadFrom(file, 0))) _generation = generation;
    }

    private bool Load(byte[] bytes)
    {
        if (JournalEntry.Read(bytes, 0, out var at) is not Snapshot whole) return false;
        while (JournalEntry.Read(bytes, at, out var next) is { } entry)
        {
            if (entry is Commit commit) whole = whole.After(commit);
            at = next;
        }
        state.Load(whole);
        _position = at;
        return true;
    }

    private void Follow(byte[] bytes)
    {
        var at = 0;
        while (JournalEntry.Read(bytes, at, out var next) is { } entry)
        {
            if (entry is Commit commit) state.Apply(commit.Marks);
            at = next;
        }
        _position += at;
    }

    private static byte[] ReadFrom(FileStream file, long position)
    {
        var bytes = new byte[Math.Max(0, file.Length - position)];
        file.Position = position;
        var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
