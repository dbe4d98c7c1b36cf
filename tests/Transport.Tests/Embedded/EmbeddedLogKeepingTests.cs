using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Tests.Embedded;

public sealed class EmbeddedLogKeepingTests : IDisposable
{
    private static readonly TopicPartition A = new("a", 0);
    private static readonly TopicPartition C = new("c", 0);
    private static readonly TopicSpec[] Topics = [new("a", 1, TimeSpan.FromHours(1), 5000), new("c", 1, TimeSpan.FromHours(1), 1L << 40, Compacted: true)];

    private readonly TemporaryFolder _folder = new();
    private readonly TestTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Opened_a_hundred_times_it_keeps_everything()
    {
        for (var i = 0; i < 100; i++)
        {
            await using var log = Open();
            Assert.Empty(log.Recovery);
            await (await log.OpenAsync("w", default)).Append(A, "k", $"{i}");
            Assert.Equal(i + 1, (await log.TakeAll(A)).Count);
        }
        await using var last = Open();
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), (await last.TakeAll(A)).Select(r => r.Value));
    }

    [Fact]
    public async Task Second_opening_says_who_has_the_folder()
    {
        await using var log = Open();
        var failure = Assert.Throws<LogInUseException>(() => Open());
        Assert.Contains($"in use by process {Environment.ProcessId}", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_that_cannot_be_locked_for_another_reason_is_not_said_to_be_in_use()
    {
        if (OperatingSystem.IsWindows()) return; // where a link needs a privilege
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "lock"), "lock");
        Assert.Throws<IOException>(() => Open());
    }

    [Fact]
    public async Task Beyond_its_size_the_oldest_segments_go_and_no_more_than_needed()
    {
        await using var log = Open();
        await Fill(log, A, 100);
        await log.RetainAsync(default);
        var state = await log.StateOf(A);
        Assert.InRange(state.Bytes!.Value, 5000, 5000 + 1100);
        Assert.Equal($"{state.First}", (await log.Take(A, 0, 1))[0].Value);
        Assert.Equal(100, state.End);
    }

    [Fact]
    public async Task Records_older_than_the_topic_keeps_go_when_all_of_their_segment_are()
    {
        await using var log = Open();
        await Fill(log, C, 20);
        _time.Advance(TimeSpan.FromMinutes(50));
        await Fill(log, C, 20);
        await log.RetainAsync(default);
        Assert.Equal(0, (await log.StateOf(C)).First);
        _time.Advance(TimeSpan.FromMinutes(20));
        await log.RetainAsync(default);
        Assert.InRange((await log.StateOf(C)).First, 15, 20);
    }

    [Fact]
    public async Task Quiet_topic_ages_too()
    {
        await using var log = Open();
        var writer = await log.OpenAsync("w", default);
        await writer.Append(A, "k", "old");
        _time.Advance(TimeSpan.FromHours(2));
        await log.RetainAsync(default);
        await writer.Append(A, "k", "new");
        await log.RetainAsync(default);
        Assert.Equal(0, (await log.StateOf(A)).First);
        _time.Advance(TimeSpan.FromHours(2));
        await log.RetainAsync(default);
        Assert.Equal(1, (await log.StateOf(A)).First);
    }

    [Fact]
    public async Task Reader_in_a_deleted_segment_goes_on_with_the_first_that_is_there()
    {
        await using var log = Open();
        await Fill(log, A, 100);
        await using var reader = log.ReadAsync(A, 0, default).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        var before = reader.Current.NextOffset;
        await log.RetainAsync(default);
        var first = (await log.StateOf(A)).First;
        Assert.True(before < first);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(first, reader.Current[0].Offset);
    }

    [Fact]
    public async Task Last_record_of_every_key_outlives_age_in_a_compacted_topic()
    {
        await using (var log = Open())
        {
            var writer = await log.OpenAsync("w", default);
            await writer.Append(C, "kept", "1");
            await writer.Append(C, "kept", "2");
            await writer.Append(C, "changed", "old");
            await Fill(log, C, 40);
            _time.Advance(TimeSpan.FromHours(2));
            await writer.Append(C, "changed", "new");
            await Fill(log, C, 40);
            await log.RetainAsync(default);
            Assert.True((await log.StateOf(C)).First > 40);
        }
        await using var again = Open();
        var records = await again.TakeAll(C);
        Assert.Equal("2", Assert.Single(records, r => r.Key == "kept").Value);
        Assert.Equal("new", records.Last(r => r.Key == "changed").Value);
    }

    [Fact]
    public async Task Topics_on_the_disk_keep_their_partitions_and_their_records_whatever_is_configured()
    {
        await using (var log = Open()) await (await log.OpenAsync("w", default)).Append(C, "k", "v");

        await using var again = EmbeddedLog.Open(_folder.Path, [new("a", 3, TimeSpan.MaxValue, 1)], new EmbeddedLogOptions(), _time);

        Assert.Equal(["a", "c"], again.Recovery.Where(n => n.Kind == RecoveryKind.TopicDiffers).Select(n => Path.GetFileName(n.Path)));
        Assert.Equal([("a", 1), ("c", 1)], (await again.DescribeAsync(default)).Select(t => (t.Name, t.Partitions.Count)));
        Assert.Equal("v", (await again.TakeAll(C))[0].Value);
    }

    [Fact]
    public void Topic_that_could_not_be_a_folder_is_refused() =>
        Assert.Throws<ArgumentException>(() => EmbeddedLog.Open(_folder.Path, [new("../a", 1, TimeSpan.MaxValue, 1)], new EmbeddedLogOptions(), _time));

    [Fact]
    public async Task Power_failure_takes_back_only_what_was_not_yet_forced_to_the_disk()
    {
        using var crashed = new TemporaryFolder();
        await using (var log = Open())
        {
            var journal = new FileInfo(Path.Combine(_folder.Path, "journal"));
            var writer = await log.OpenAsync("w", default);
            await writer.Append(A, "k", "forced");
            journal.Refresh();
            var before = journal.Length;
            _time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.Holds("the commit is marked as forced", () =>
            {
                journal.Refresh();
                return journal.Length > before;
            });
            await writer.Append(A, "k", "lost");
            Directory.CreateDirectory(Path.Combine(crashed.Path, "a", "0"));
            foreach (var file in (string[])["journal", "a/0/00000000000000000000.log"]) File.Copy(Path.Combine(_folder.Path, file), Path.Combine(crashed.Path, file));
        }
        var segment = Path.Combine(crashed.Path, "a", "0", "00000000000000000000.log");
        LogImage.Truncate(segment, new FileInfo(segment).Length - 1);
        await using var again = EmbeddedLog.Open(crashed.Path, Topics, new EmbeddedLogOptions(), _time);
        Assert.Equal(["forced"], (await again.TakeAll(A)).Select(r => r.Value));
        Assert.Contains(again.Recovery, n => n.Kind == RecoveryKind.RolledBack);
    }

    private EmbeddedLog Open() => EmbeddedLog.Open(_folder.Path, Topics, new EmbeddedLogOptions { SegmentBytes = 1000 }, _time);

    private static async Task Fill(EmbeddedLog log, TopicPartition to, int count)
    {
        var writer = await log.OpenAsync("filler", default);
        for (var i = 0; i < count; i++) await writer.Append(to, new string('k', 100), $"{i}");
    }
}
