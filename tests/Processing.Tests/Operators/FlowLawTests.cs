using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>What holds for every input: the books balance after every batch, and the cuts between batches do not show.</summary>
public sealed class FlowLawTests
{
    private static readonly WindowOptions[] Windows =
    [
        new() { Name = "series", Metric = "load.*", Size = TimeSpan.FromSeconds(4), MaxGroups = 3 },
        new() { Name = "hops", Metric = "load.value", By = ["host"], Size = TimeSpan.FromSeconds(5), Slide = TimeSpan.FromSeconds(2), Lateness = TimeSpan.FromSeconds(3), MaxGroups = 2 },
        new() { Name = "all", Metric = "load.value", By = [], Size = TimeSpan.FromSeconds(6), Slide = TimeSpan.FromSeconds(3), Lateness = TimeSpan.Zero, Where = new Dictionary<string, string> { ["region"] = "eu" } },
    ];

    private static readonly string[] Series = ["host=a,region=eu", "host=b,region=us", "host=c,region=eu", "host=d", "region=eu"];

    private static readonly Arbitrary<(int Seed, int Batch)> Runs =
        (from seed in Gen.Choose(0, int.MaxValue - 1) from batch in Gen.Choose(2, 70) select (seed, batch)).ToArbitrary();

    [Fact]
    public void Windows_do_not_depend_on_how_their_input_is_cut() => Prop.ForAll(Runs, run =>
        Compute(run.Seed, batch: 1).Written.SequenceEqual(Compute(run.Seed, run.Batch).Written)).Check();

    [Fact]
    public void Windows_account_for_every_sample_after_every_batch()
    {
        var seen = LedgerEntry.Zero("all");
        Prop.ForAll(Runs, run =>
        {
            var balanced = true;
            var windows = Compute(run.Seed, run.Batch, w => balanced &= w.Books.All(b => b.Difference == 0 && b.Held >= 0));
            seen = windows.Books.Aggregate(seen, (a, b) => a.Plus(b));
            return balanced;
        }).Check();
        Assert.All([seen.Out, seen.Held, seen.Late, seen.Filtered], count => Assert.True(count > 0, "A column was never used, so this proves little."));
    }

    [Fact]
    public void Revisions_of_a_window_are_one_two_three_and_each_counts_more_than_the_last() => Prop.ForAll(Runs, run =>
        Compute(run.Seed, run.Batch).Results.GroupBy(r => (r.Window, r.Metric, r.Labels, r.End)).All(g =>
            g.Select(r => r.Revision).SequenceEqual(Enumerable.Range(1, g.Count())) && g.Zip(g.Skip(1)).All(p => p.First.Count < p.Second.Count))).Check();

    [Fact]
    public void Merged_windows_do_not_depend_on_how_their_input_is_cut() => Prop.ForAll(Runs, run =>
        Merge(run.Seed, batch: 1).Written.SequenceEqual(Merge(run.Seed, run.Batch).Written)).Check();

    [Fact]
    public void Merging_accounts_for_every_part_after_every_batch()
    {
        var seen = LedgerEntry.Zero("all");
        Prop.ForAll(Runs, run =>
        {
            var balanced = true;
            var merge = Merge(run.Seed, run.Batch, m => balanced &= m.Books.All(b => b.Difference == 0 && b.Held >= 0));
            seen = merge.Books.Aggregate(seen, (a, b) => a.Plus(b));
            return balanced;
        }).Check();
        Assert.All([seen.Out, seen.Held, seen.Late, seen.Filtered, seen.Malformed], count => Assert.True(count > 0, "A column was never used, so this proves little."));
    }

    [Fact]
    public void Decoding_accounts_for_every_record_after_every_batch() => Prop.ForAll(Runs, run =>
    {
        var random = new Random(run.Seed);
        var (slices, account) = (new SliceBuilder("observations"), new LedgerAccount("decode"));
        var decode = new DecodeObservations("windows", new RulesByInput(new ProcessingOptions { MaxFuture = TimeSpan.FromSeconds(1), MaxSources = 10 }, null), 100, null, account);
        var (records, letters) = (0, 0);
        for (var batch = 0; batch < 10; batch++)
        {
            for (var i = random.Next(run.Batch); i > 0; i--, records++) slices.Add("k", random.Next(4) == 0 ? "junk" : new RandomObservations(random).Next(), random.Next(100_000));
            letters += decode.Push(slices.Build()).Signals.ToArray().Count(s => s.Kind == SignalKind.DeadLetter);
            var entry = account.Read();
            if (entry.Difference != 0 || entry.In != records || entry.Malformed + entry.Rejected != letters) return false;
        }
        return true;
    }).Check();

    private static WindowDriver Compute(int seed, int batch, Action<WindowDriver>? look = null)
    {
        var random = new Random(seed);
        var windows = new WindowDriver(Windows) { BatchSize = batch };
        for (long i = 0, now = 10_000, watermark = 0; i < 300; i++, now += random.Next(200))
        {
            if (random.Next(12) == 0) windows.Advance(watermark = Math.Max(watermark, now - random.Next(3000)));
            else
            {
                var time = now - random.Next(random.Next(6) == 0 ? 9000 : 900);
                windows.Sample(time, random.NextDouble(), Series[random.Next(Series.Length)], random.Next(4) == 0 ? "load.other" : "load.value");
            }
            look?.Invoke(windows);
        }
        windows.Flush();
        return windows;
    }

    private static MergeDriver Merge(int seed, int batch, Action<MergeDriver>? look = null)
    {
        var random = new Random(seed);
        var merge = new MergeDriver(Windows[1], "n0", "n1", "n2") { BatchSize = batch };
        for (long i = 0, now = 10; i < 300; i++, now += random.Next(5) == 0 ? 1 : 0)
        {
            var node = $"n{random.Next(3)}";
            if (random.Next(4) == 0) merge.Tick(node, now * 1000, random.Next(9) == 0 ? new Dictionary<string, long> { [merge.WindowId] = 1000 * random.Next(20) } : null);
            else if (random.Next(9) == 0) merge.Record("k", "junk");
            else if (merge.PartOf(node, (now + random.Next(-4, 5)) / 2 * 2000 + 1000, random.Next(1, 4), $"r{random.Next(3)}", random.NextDouble()) is var part)
                merge.Part(random.Next(9) == 0 ? part with { Window = "gone" } : part);
            look?.Invoke(merge);
        }
        merge.Flush();
        return merge;
    }
}
