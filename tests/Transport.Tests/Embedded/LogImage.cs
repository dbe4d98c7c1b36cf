using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Tests.Embedded;

/// <summary>The files of a log as they stood at one moment, to be spoilt and opened. Commit i wrote "i" to a/0 twice and to b/0 once.</summary>
internal sealed class LogImage : IDisposable
{
    public const int Commits = 5;

    public static readonly TopicPartition A = new("a", 0), B = new("b", 0);
    private static readonly TopicSpec[] Topics = [new("a", 1, TimeSpan.FromDays(1), 1L << 40), new("b", 1, TimeSpan.FromDays(1), 1L << 40)];

    private readonly TemporaryFolder _original = new(inMemory: true);
    private readonly TemporaryFolder _spoilt = new(inMemory: true);

    private LogImage() { }

    public string Folder => _spoilt.Path;
    public string JournalPath => Path.Combine(Folder, "journal");
    public string SegmentOfA => Path.Combine(Folder, "a", "0", "00000000000000000000.log");
    public IEnumerable<string> Files => [JournalPath, SegmentOfA, Path.Combine(Folder, "b", "0", "00000000000000000000.log")];

    /// <summary>How long the journal and the segment of a were before each commit, and after the last.</summary>
    public List<(long Journal, long Segment)> Lengths { get; } = [];

    /// <param name="clean">Taken after the log was closed; otherwise as a kill leaves it.</param>
    /// <param name="fsync">With Never, no commit counts as forced to the disk.</param>
    public static async Task<LogImage> Take(bool clean, FsyncPolicy fsync, long segmentBytes = 1 << 20)
    {
        var image = new LogImage();
        var folder = image._original.Path;
        await using (var log = EmbeddedLog.Open(folder, Topics, new EmbeddedLogOptions { Fsync = fsync, SegmentBytes = segmentBytes }, new TestTimeProvider()))
        {
            var writer = await log.OpenAsync("w", default);
            for (var i = 0; i < Commits; i++)
            {
                image.Lengths.Add(LengthsIn(folder));
                await Append(writer, i);
            }
            image.Lengths.Add(LengthsIn(folder));
            if (!clean) Copy(folder, image._spoilt.Path);
        }
        if (clean) Copy(folder, image._spoilt.Path);
        Directory.Delete(folder, recursive: true);
        Copy(image._spoilt.Path, folder);
        return image;
    }

    public void Restore()
    {
        Directory.Delete(Folder, recursive: true);
        Copy(_original.Path, Folder);
    }

    public EmbeddedLog Open() => EmbeddedLog.Open(Folder, Topics, new EmbeddedLogOptions { Fsync = FsyncPolicy.Never }, new TestTimeProvider());

    /// <summary>Opens the log, reads as many commits as there are whole in both topics, and appends one more, which must follow them.</summary>
    public async Task<(int Commits, IReadOnlyList<RecoveryNote> Notes)> Examine()
    {
        await using var log = Open();
        var a = await log.TakeAll(A);
        var b = await log.TakeAll(B);
        Assert.Equal(b.SelectMany(r => new[] { r.Value, r.Value }), a.Select(r => r.Value));
        Assert.Equal(Enumerable.Range(0, b.Count).Select(i => $"{i}"), b.Select(r => r.Value));
        await Append(await log.OpenAsync("w", default), b.Count);
        Assert.Equal([.. b.Select(r => r.Value), $"{b.Count}"], (await log.TakeAll(B)).Select(r => r.Value));
        return (b.Count, log.Recovery);
    }

    public static void Truncate(string path, long length)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(length);
    }

    public void Dispose()
    {
        _original.Dispose();
        _spoilt.Dispose();
    }

    private static async Task Append(ILogWriter writer, int i)
    {
        var batch = new RecordBatch();
        batch.Add(A, "k", $"{i}");
        batch.Add(B, "k", $"{i}");
        batch.Add(A, "k", $"{i}");
        await writer.AppendAsync(batch, default);
    }

    private static (long, long) LengthsIn(string folder)
    {
        var segment = new FileInfo(Path.Combine(folder, "a", "0", "00000000000000000000.log"));
        return (new FileInfo(Path.Combine(folder, "journal")).Length, segment.Exists ? segment.Length : 0);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from)) Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.EnumerateFiles(from).Where(f => Path.GetFileName(f) != "lock"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
