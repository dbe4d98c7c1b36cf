using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;
using Pipeline.Transport.Recordings;

namespace Pipeline.Transport.Tests;

public sealed class RecordingTests : IDisposable
{
    private static readonly List<(int Partition, ReadRecord Record)> Some =
        [.. Enumerable.Range(0, 40).Select(i => (i % 2, new ReadRecord(i / 2 + i / 20 * 1000, 1_700_000_000_000 + i * 37, $"k{i % 3}", new string('v', i % 17))))];

    private readonly RecordingFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Any_records_come_back() => Prop.ForAll(Records().ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(), (records, blockBytes) =>
    {
        var recording = Recording.Open(_files.Write(records, blockBytes));
        Assert.Null(recording.Damage);
        Assert.Equal(records.Count, recording.Records);
        for (var p = 0; p < 2; p++) Assert.Equal(records.Where(r => r.Partition == p).Select(r => r.Record), RecordingFile.Read(recording, p));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Header_says_what_was_recorded()
    {
        var read = Recording.Open(_files.Write([])).Header;
        Assert.Equal(("pipeline test", "node", "a", 2), (read.Product, read.Node, read.Topics[0].Name, read.Topics[0].From.Count));
    }

    [Fact]
    public void File_cut_at_any_byte_gives_its_whole_blocks_and_says_where_it_ends()
    {
        var bytes = File.ReadAllBytes(_files.Write(Some, blockBytes: 60));
        var counts = new HashSet<long>();
        for (var length = 0; length < bytes.Length; length++)
        {
            var path = _files.NewPath();
            File.WriteAllBytes(path, bytes[..length]);
            if (OpenOrNull(path) is not { } cut) continue;
            Assert.NotNull(cut.Damage);
            Assert.Equal(cut.Records, cut.Damage.Records);
            Assert.InRange(cut.Damage.Position, 1, length);
            counts.Add(cut.Records);
            AssertPrefix(Some, cut);
        }
        Assert.True(counts.Count > 5, "There were hardly any blocks, so this proves little.");
        Assert.Contains(Some.Count, counts); // only the mark of the end is missing
    }

    [Fact]
    public void Any_flipped_byte_is_found()
    {
        var path = _files.Write(Some, blockBytes: 60);
        var bytes = File.ReadAllBytes(path);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(path, bytes);
            bytes[at] ^= (byte)(1 << at % 8);
            if (OpenOrNull(path) is not { } flipped) continue;
            Assert.NotNull(flipped.Damage);
            Assert.InRange(flipped.Damage.Position, 1, at);
            AssertPrefix(Some, flipped);
        }
    }

    [Fact]
    public void What_stands_behind_the_end_is_found()
    {
        var path = _files.Write([(0, new ReadRecord(0, 0, "k", "v"))]);
        File.AppendAllText(path, "more");
        Assert.NotNull(Recording.Open(path).Damage);
    }

    [Fact]
    public void File_that_exists_is_not_written_over() =>
        Assert.ThrowsAny<IOException>(() => RecordingWriter.Create(_files.Write([]), RecordingFile.Header));

    [Fact]
    public void Other_file_is_told_to_be_no_recording()
    {
        var path = _files.NewPath();
        File.WriteAllText(path, "something else");
        Assert.Contains("no recording", Assert.Throws<RecordingDamagedException>(() => Recording.Open(path)).Message);
    }

    [Fact]
    public void Cursor_stops_before_a_time_and_goes_on_from_there()
    {
        var path = _files.Write(Enumerable.Range(0, 10).Select(i => (0, new ReadRecord(i, i * 100, "k", "v"))), blockBytes: 20);
        using var cursor = Recording.Open(path).Read(new TopicPartition("a", 0));
        var (slice, taken) = (new LogSlice(), 0);
        while (cursor.Fill(slice, before: 350, most: 100)) taken += slice.Count;
        Assert.Equal((4, 400), (taken, cursor.NextTime));
        while (cursor.Fill(slice, before: long.MaxValue, most: 1)) taken += slice.Count;
        Assert.Equal((10, null), (taken, cursor.NextTime));
    }

    /// <summary>Null where not even the header can be read.</summary>
    private static Recording? OpenOrNull(string path)
    {
        try
        {
            return Recording.Open(path);
        }
        catch (RecordingDamagedException)
        {
            return null;
        }
    }

    private static void AssertPrefix(List<(int Partition, ReadRecord Record)> written, Recording read)
    {
        var total = 0;
        for (var p = 0; p < 2; p++)
        {
            var records = RecordingFile.Read(read, p);
            Assert.Equal(written.Where(w => w.Partition == p).Select(w => w.Record).Take(records.Count), records);
            total += records.Count;
        }
        Assert.Equal(read.Records, total);
    }

    private static Gen<List<(int Partition, ReadRecord Record)>> Records() =>
        from steps in Gen.ListOf(
            from partition in Gen.Choose(0, 1)
            from gap in Gen.Frequency((9, Gen.Constant(0)), (1, Gen.Choose(1, 100_000)))
            from step in Gen.Choose(-50, 5000)
            from key in ArbMap.Default.GeneratorFor<NonNull<string>>()
            from value in ArbMap.Default.GeneratorFor<NonNull<string>>()
            select (partition, gap, step, key.Get, value.Get))
        select Numbered([.. steps]);

    private static List<(int, ReadRecord)> Numbered(List<(int Partition, int Gap, int Step, string Key, string Value)> steps)
    {
        long[] next = [0, 0], time = [1_700_000_000_000, 1_700_000_000_000];
        return [.. steps.Select(s =>
        {
            var offset = next[s.Partition] + s.Gap;
            next[s.Partition] = offset + 1;
            // Through UTF-8 and back: half of a surrogate pair is no text.
            return (s.Partition, new ReadRecord(offset, time[s.Partition] += s.Step, Text(s.Key), Text(s.Value)));
        })];
    }

    private static string Text(string any) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(any));
}
