using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class DuplicatesTests
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    [Fact]
    public void Within_the_bound_every_sequence_counts_once_in_whatever_order() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (duplicates, seen, next) = (Of(10), new Dictionary<string, HashSet<long>>(), 0L);
        for (var i = 0; i < 3000; i++, next += random.Next(9) == 0 ? random.Next(900) : random.Next(3))
        {
            var source = "s" + random.Next(3);
            if (!seen.TryGetValue(source, out var known)) seen.Add(source, known = []);
            var sequence = Math.Max(known.DefaultIfEmpty(0).Max() - SequenceWindow.Width + 1, next - random.Next(SequenceWindow.Width));
            if (known.Add(Math.Max(0, sequence)) != Take(duplicates, i, source, Math.Max(0, sequence))) return false;
        }
        return true;
    }).Check(20);

    [Fact]
    public void Sequence_below_the_bound_is_taken_for_one_that_was_seen()
    {
        var duplicates = Of(10);
        Assert.True(Take(duplicates, 0, "s", 5000));
        Assert.True(Take(duplicates, 1, "s", 5000 - SequenceWindow.Width + 1));
        Assert.False(Take(duplicates, 2, "s", 5000 - SequenceWindow.Width));
        Assert.True(Take(duplicates, 3, "s", long.MaxValue));
        Assert.True(Take(duplicates, 4, "t", 0));
    }

    [Fact]
    public void First_sequence_of_a_source_may_be_any()
    {
        foreach (var first in new[] { 0, SequenceWindow.Width - 2, SequenceWindow.Width - 1, long.MaxValue - 1, long.MaxValue })
        {
            var window = new SequenceWindow("s");
            Assert.True(window.Add(first));
            Assert.False(window.Add(first));
            Assert.Equal(first, window.Record().Highest);
            Assert.Equal([1], window.Record().Seen);
        }
    }

    [Fact]
    public void Record_has_a_bit_for_each_sequence_seen_and_restores_what_was_seen() => Prop.ForAll(Seeds, seed =>
    {
        var random = new Random(seed);
        var (window, seen, next) = (new SequenceWindow("s"), new HashSet<long>(), (long)random.Next(3) * random.Next(5000));
        for (var i = 0; i < 400; i++, next += random.Next(30) == 0 ? random.Next(1100) : random.Next(4))
        {
            var sequence = Math.Max(0, next - random.Next(40));
            var isNew = sequence > window.Highest - SequenceWindow.Width && seen.Add(sequence);
            if (window.Add(sequence) != isNew) return false;
            var record = window.Record();
            var told = Enumerable.Range(0, record.Seen.Length * 8).Where(below => (record.Seen[below / 8] >> below % 8 & 1) != 0).Select(below => record.Highest - below);
            if (record.Source != "s" || !told.SequenceEqual(seen.Where(s => s > record.Highest - SequenceWindow.Width).OrderDescending())) return false;
            if (record.Seen is [.., 0]) return false;
            if (i % 50 != 0) continue;
            for (var old = Math.Max(0, record.Highest - 1100); old <= record.Highest + 1; old++)
                if (new SequenceWindow(record).Add(old) != (old > record.Highest - SequenceWindow.Width && !seen.Contains(old))) return false;
        }
        return true;
    }).Check(100);

    [Fact]
    public void Record_is_made_once_for_each_change_and_is_then_as_it_was_restored()
    {
        var window = new SequenceWindow(new SequenceWindow("s") is var first && first.Add(7) ? first.Record() : throw new InvalidOperationException());
        var record = window.Record();
        Assert.Same(record, window.Record());
        Assert.False(window.Add(7));
        Assert.Same(record, window.Record());
        Assert.True(window.Add(6));
        Assert.Equal(("s", 7L), (window.Record().Source, window.Record().Highest));
        Assert.Equal([0b11], window.Record().Seen);
    }

    [Fact]
    public void Sequence_a_whole_width_ahead_leaves_nothing_behind()
    {
        foreach (var ahead in new[] { SequenceWindow.Width - 1, SequenceWindow.Width, SequenceWindow.Width + 1 })
        {
            var window = new SequenceWindow("s");
            Assert.True(window.Add(100));
            Assert.True(window.Add(100 + ahead));
            Assert.Equal(ahead < SequenceWindow.Width ? SequenceWindow.Width / 8 : 1, window.Record().Seen.Length);
            Assert.Equal(ahead <= SequenceWindow.Width, window.Add(101));
        }
    }

    [Fact]
    public void Restored_sources_are_forgotten_in_the_order_in_which_they_were_heard()
    {
        var table = new SequenceTable([new("a", 1, [1]), new("b", 1, [1]), new("c", 1, [1])]);
        Assert.Equal(["a", "b", "c"], table.Records().Select(r => r.Source));
        Assert.True(table.Add("a"u8, 2, 3, out _));
        Assert.True(table.Add("d"u8, 1, 3, out _));
        Assert.Equal(["c", "a", "d"], table.Records().Select(r => r.Source));
        Assert.Same(table.Records(), table.Records());
        Assert.Empty(new SequenceTable(null).Records());
    }

    [Fact]
    public void Source_unheard_for_the_longest_is_forgotten()
    {
        var duplicates = Of(2);
        Assert.True(Take(duplicates, 0, "a", 1) && Take(duplicates, 1, "b", 1) && Take(duplicates, 2, "a", 2) && Take(duplicates, 3, "c", 1));
        Assert.False(Take(duplicates, 4, "a", 2));
        Assert.True(Take(duplicates, 5, "b", 1));
    }

    [Fact]
    public void Rewind_decides_alike() => Prop.ForAll(Seeds, seed => DecidesAlike(seed, rewind => rewind)).Check(60);

    [Fact]
    public void What_a_rebuilt_window_reads_before_the_rewind_point_is_not_taken_for_seen() =>
        Prop.ForAll(Seeds, seed => DecidesAlike(seed, _ => 0)).Check(60);

    private static bool DecidesAlike(int seed, Func<int, int> from)
    {
        var random = new Random(seed);
        var inputs = Enumerable.Range(0, 2000).Select(i => ("s" + random.Next(random.Next(2) == 0 ? 3 : 7), (long)Math.Max(0, i - random.Next(1500)))).ToList();
        var (whole, decided) = (Of(4), new List<bool>());
        var (rewind, at) = (0, random.Next(2000));
        IReadOnlyList<SeenSequences>? before = null;
        for (var i = 0; i < inputs.Count; i++)
        {
            decided.Add(Take(whole, i, inputs[i].Item1, inputs[i].Item2));
            if (i <= at && random.Next(50) == 0) before = whole.Before(rewind = random.Next(rewind, i + 2));
        }
        var progress = new Progress("windows", 0, rewind, Watermark.None, at, -1, 0, new Dictionary<string, long>(), before);
        var written = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(progress, WireFormat.Records.Progress);
        var again = Of(4, System.Text.Json.JsonSerializer.Deserialize(written, WireFormat.Records.Progress));
        return decided.Skip(from(rewind)).SequenceEqual(inputs.Index().Skip(from(rewind)).Select(i => Take(again, i.Index, i.Item.Item1, i.Item.Item2)));
    }

    private static Duplicates Of(int maxSources, Progress? progress = null) => new(new RulesByInput(new ProcessingOptions { MaxSources = maxSources }, progress), progress);

    private static bool Take(Duplicates duplicates, long offset, string source, long sequence) => duplicates.IsNew(offset, Encoding.UTF8.GetBytes(source), sequence);
}
