using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Tests.Embedded;

public sealed class EmbeddedLogViewTests : IDisposable
{
    private static readonly TopicPartition A = new("a", 0);
    private static readonly TopicSpec[] Topics = [new("a", 1, TimeSpan.FromHours(1), 2000)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task View_follows_a_log_that_is_being_written_closed_and_opened_again()
    {
        await using (Open()) { }
        await using var view = EmbeddedLog.OpenReadOnly(_folder.Path, TimeProvider.System);
        var reading = view.Take(A, 0, 300);
        for (var round = 0; round < 3; round++)
        {
            await using var log = Open();
            var writer = await log.OpenAsync("w", default);
            for (var i = 0; i < 100; i++) await writer.Append(A, "k", $"{round * 100 + i}");
            Assert.Equal(100, (await view.Take(A, round * 100, 100)).Count);
        }
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}"), (await reading).Select(r => r.Value));
    }

    [Fact]
    public async Task View_reads_a_log_that_nobody_has_open()
    {
        await using (var log = Open()) await (await log.OpenAsync("w", default)).Append(A, "k", "v");
        await using var view = EmbeddedLog.OpenReadOnly(_folder.Path, TimeProvider.System);
        Assert.Equal("v", (await view.Take(A, 0, 1))[0].Value);
        Assert.Equal(1, (await view.StateOf(A)).End);
        await Assert.ThrowsAsync<UnknownTopicException>(() => view.Take(new TopicPartition("a", 1), 0, 1));
    }

    [Fact]
    public async Task View_goes_on_behind_what_retention_deleted()
    {
        await using var log = Open();
        await using var view = EmbeddedLog.OpenReadOnly(_folder.Path, TimeProvider.System);
        var writer = await log.OpenAsync("w", default);
        for (var i = 0; i < 100; i++) await writer.Append(A, new string('k', 100), $"{i}");
        await view.Take(A, 99, 1);
        await log.RetainAsync(default);
        Assert.Equal((await log.StateOf(A)).First, (await view.Take(A, 0, 1))[0].Offset);
    }

    [Fact]
    public void View_of_nothing_says_so() =>
        Assert.Throws<FileNotFoundException>(() => EmbeddedLog.OpenReadOnly(Path.Combine(_folder.Path, "nothing"), TimeProvider.System));

    private EmbeddedLog Open() =>
        EmbeddedLog.Open(_folder.Path, Topics, new EmbeddedLogOptions { SegmentBytes = 1000, JournalBytes = 2000, Fsync = FsyncPolicy.Never }, TimeProvider.System);
}
