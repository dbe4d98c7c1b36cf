using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Tests.Embedded;

public sealed class FullDiskTests : IDisposable
{
    private static readonly TopicPartition A = new("a", 0), B = new("b", 0);
    private static readonly TopicSpec[] Topics = [new("a", 1, TimeSpan.FromHours(1), 1 << 30), new("b", 1, TimeSpan.FromHours(1), 1 << 30)];

    private readonly TemporaryFolder _mount = new();

    public void Dispose()
    {
        Mount.Run("umount", _mount.Path);
        _mount.Dispose();
    }

    [TmpfsFact]
    public async Task Full_disk_takes_nothing_in_part_keeps_what_was_there_and_goes_on_when_there_is_room()
    {
        Assert.True(Mount.Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _mount.Path));
        foreach (var fsync in Enum.GetValues<FsyncPolicy>())
            for (var bytes = 1; bytes < 100_000; bytes = bytes * 5 + 13) await FillAsync(new EmbeddedLogOptions { SegmentBytes = 30_000, Fsync = fsync, JournalBytes = 4000 }, bytes);
    }

    private async Task FillAsync(EmbeddedLogOptions options, int bytes)
    {
        var filler = Path.Combine(_mount.Path, "filler");
        var folder = Path.Combine(_mount.Path, "log");
        var kept = 0;
        await using (var log = EmbeddedLog.Open(folder, Topics, options, TimeProvider.System))
        {
            var writer = await log.OpenAsync("w", default);
            await File.WriteAllBytesAsync(filler, new byte[700_000]);
            while (await TryAppend(writer, kept, bytes)) kept++;
            await CheckAsync(log, kept);
            File.Delete(filler);
            Assert.True(await TryAppend(writer, kept++, bytes));
            await CheckAsync(log, kept);
        }
        await using (var again = EmbeddedLog.Open(folder, Topics, options, TimeProvider.System))
        {
            Assert.Empty(again.Recovery);
            await CheckAsync(again, kept);
        }
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> TryAppend(ILogWriter writer, int number, int bytes)
    {
        var batch = new RecordBatch();
        batch.Add(A, $"{number}", new string('v', bytes));
        batch.Add(B, $"{number}", new string('v', bytes));
        try
        {
            await writer.AppendAsync(batch, default);
            return true;
        }
        catch (LogFullException e)
        {
            Assert.Contains("No room", e.Message, StringComparison.Ordinal);
            return false;
        }
    }

    private static async Task CheckAsync(EmbeddedLog log, int kept)
    {
        foreach (var partition in (TopicPartition[])[A, B])
            Assert.Equal(Enumerable.Range(0, kept).Select(i => $"{i}"), (await log.TakeAll(partition)).Select(r => r.Key));
    }
}
