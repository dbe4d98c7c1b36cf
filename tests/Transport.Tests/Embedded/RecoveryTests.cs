using FsCheck;
using FsCheck.Fluent;
using Pipeline.Testing;
using Pipeline.Transport.Embedded;

namespace Pipeline.Transport.Tests.Embedded;

public sealed class RecoveryTests
{
    [Fact]
    public async Task Journal_torn_at_any_byte_leaves_exactly_the_commits_that_are_whole_in_it()
    {
        using var image = await LogImage.Take(clean: false, FsyncPolicy.Never);
        for (var length = image.Lengths[0].Journal; length <= image.Lengths[^1].Journal; length++)
        {
            image.Restore();
            LogImage.Truncate(image.JournalPath, length);
            var (commits, notes) = await image.Examine();
            Assert.Equal(image.Lengths.Count(l => l.Journal <= length) - 1, commits);
            Assert.All(notes, n => Assert.Equal(RecoveryKind.Cut, n.Kind));
            Assert.Equal(length == image.Lengths[^1].Journal, notes.Count == 0);
        }
    }

    [Fact]
    public async Task Segment_torn_at_any_byte_by_a_power_failure_takes_the_log_back_to_a_whole_commit()
    {
        using var image = await LogImage.Take(clean: false, FsyncPolicy.Never);
        for (var length = 0; length < image.Lengths[^1].Segment; length++)
        {
            image.Restore();
            LogImage.Truncate(image.SegmentOfA, length);
            var (commits, notes) = await image.Examine();
            Assert.Equal(image.Lengths.Count(l => l.Segment <= length) - 1, commits);
            Assert.Contains(notes, n => n.Kind == RecoveryKind.RolledBack);
        }
    }

    [Fact]
    public async Task Segment_lost_between_two_whole_ones_takes_the_log_back_before_it()
    {
        using var image = await LogImage.Take(clean: false, FsyncPolicy.Never, segmentBytes: 1);
        LogImage.Truncate(Path.Combine(image.Folder, "a", "0", "00000000000000000004.log"), 0);
        var (commits, notes) = await image.Examine();
        Assert.Equal(2, commits);
        Assert.Contains(notes, n => n.Kind == RecoveryKind.RolledBack);
    }

    [Fact]
    public async Task Unfinished_append_of_any_length_is_cut_and_reported()
    {
        using var image = await LogImage.Take(clean: false, FsyncPolicy.Never);
        var (journal, segment) = image.Lengths[^2];
        for (var length = segment + 1; length <= image.Lengths[^1].Segment; length++)
        {
            image.Restore();
            LogImage.Truncate(image.JournalPath, journal);
            LogImage.Truncate(image.SegmentOfA, length);
            var (commits, notes) = await image.Examine();
            Assert.Equal(LogImage.Commits - 1, commits);
            Assert.Contains(notes, n => n.Kind == RecoveryKind.Cut && n.Path == image.SegmentOfA);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Flipped_bit_is_never_read_as_a_record_and_never_goes_unnoticed(bool clean)
    {
        using var image = await LogImage.Take(clean, FsyncPolicy.Interval);
        var files = image.Files.Select(f => (Path: f, Bits: (int)new FileInfo(f).Length * 8)).ToArray();
        var places = from file in Gen.Elements(files)
                     from bit in Gen.Choose(0, file.Bits - 1)
                     select (file: file.Path, bit);
        Prop.ForAll(places.ToArbitrary(), place =>
        {
            image.Restore();
            Flip(place.file, place.bit);
            ReadSpoilt(image).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public async Task Damage_in_what_was_forced_to_the_disk_is_named_and_all_before_and_behind_its_file_is_read()
    {
        using var image = await LogImage.Take(clean: true, FsyncPolicy.Interval);
        Flip(image.SegmentOfA, (int)image.Lengths[2].Segment * 8 + 200);
        await using var log = image.Open();
        Assert.Contains(log.Recovery, n => n.Kind == RecoveryKind.Damaged && n.Path == image.SegmentOfA);
        Assert.Equal(["0", "0", "1", "1"], (await log.Take(LogImage.A, 0, 4)).Select(r => r.Value));

        var failure = await Assert.ThrowsAsync<LogDamagedException>(() => log.Take(LogImage.A, 0, 5));

        Assert.Equal((image.SegmentOfA, image.Lengths[2].Segment), (failure.Path, failure.Position));
        await (await log.OpenAsync("w", default)).Append(LogImage.A, "k", "new");
        Assert.Equal("new", (await log.Take(LogImage.A, 2 * LogImage.Commits, 1))[0].Value);
    }

    [Fact]
    public async Task Damaged_segment_that_was_moved_away_is_passed_over()
    {
        using var image = await LogImage.Take(clean: true, FsyncPolicy.Interval);
        File.Delete(image.SegmentOfA);
        await using var log = image.Open();
        Assert.Contains(log.Recovery, n => n.Kind == RecoveryKind.Damaged && n.Path == image.SegmentOfA);
        await (await log.OpenAsync("w", default)).Append(LogImage.A, "k", "new");
        Assert.Equal("new", (await log.Take(LogImage.A, 0, 1))[0].Value);
    }

    [Fact]
    public async Task Without_its_journal_a_log_keeps_every_whole_frame()
    {
        using var image = await LogImage.Take(clean: true, FsyncPolicy.Interval);
        File.Delete(image.JournalPath);
        var (commits, notes) = await image.Examine();
        Assert.Equal(LogImage.Commits, commits);
        Assert.Contains(notes, n => n.Kind == RecoveryKind.Damaged && n.Path == image.JournalPath);
    }

    [Fact]
    public async Task Clean_end_leaves_nothing_to_recover()
    {
        using var image = await LogImage.Take(clean: true, FsyncPolicy.Interval);
        var (commits, notes) = await image.Examine();
        Assert.Equal(LogImage.Commits, commits);
        Assert.Empty(notes);
    }

    /// <summary>What is read is a beginning of what was written; if it is not all, something was said.</summary>
    private static async Task ReadSpoilt(LogImage image)
    {
        await using var log = image.Open();
        foreach (var (partition, perCommit) in new[] { (LogImage.A, 2), (LogImage.B, 1) })
        {
            var read = new List<string>();
            var damaged = false;
            try
            {
                var state = await log.StateOf(partition);
                if (state.End == state.First) continue;
                await foreach (var slice in log.ReadAsync(partition, 0, default))
                {
                    read.AddRange(LogReading.Copy(slice).Select(r => r.Value));
                    if (slice.NextOffset == state.End) break;
                }
            }
            catch (LogDamagedException)
            {
                damaged = true;
            }
            Assert.Equal(Enumerable.Range(0, read.Count).Select(i => $"{i / perCommit}"), read);
            if (read.Count < LogImage.Commits * perCommit) Assert.True(damaged || log.Recovery.Count > 0);
        }
    }

    private static void Flip(string path, int bit)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        File.WriteAllBytes(path, bytes);
    }
}
