using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Processing.Tests;

public sealed class BucketHistogramTests
{
    /// <summary>Keys of a few octaves, near each other and far apart, of either sign; a resolution; and how much comes at a time.</summary>
    private static readonly Arbitrary<(int Bits, (int Key, int Count)[] Changes)> Changes =
        (from bits in Gen.Elements(1, 5, 6, 7, 12)
         from changes in Gen.ArrayOf(
             from octave in Gen.Elements(-1030, -1029, -1000, 0, 1, 1000, 1029)
             from within in Gen.Choose(0, (1 << bits) - 1)
             from count in Gen.Elements(1, 1, 2, 100, 255, 256, 1000)
             select ((octave << bits) + within, count), 60)
         select (bits, changes)).ToArbitrary();

    [Fact]
    public void Taking_away_what_was_added_leaves_the_bytes_of_what_remains()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (kept, gone) = (DataSets.Random(random, seed % DataSets.Shapes), DataSets.Random(random, (seed + 1) % DataSets.Shapes));
            if (kept.Length <= QuantileSketch.ExactLimit) continue;
            var histogram = new BucketHistogram(6);
            foreach (var value in gone) histogram.Add(SketchBuckets.Of(value, 6), 1);
            foreach (var value in kept) histogram.Add(SketchBuckets.Of(value, 6), 1);
            foreach (var value in gone) histogram.Add(SketchBuckets.Of(value, 6), -1);
            Same(kept, histogram);
        }
    }

    [Fact]
    public void Lowest_buckets_collapse_as_those_of_a_sketch_do()
    {
        var random = new Random(1);
        var values = Enumerable.Range(0, 12_000).Select(_ => Math.Exp(random.NextDouble() * 1200 - 600)).ToArray();
        var histogram = new BucketHistogram(6);
        foreach (var value in values) histogram.Add(SketchBuckets.Of(value, 6), 1);
        Same(values, histogram);
    }

    [Fact]
    public void Counts_may_grow_beyond_two_bytes_within_a_run_of_values_and_come_back()
    {
        var values = Enumerable.Range(0, 40_000).Select(i => i % 2 == 0 ? 5.0 : 7.0 + i % 100).ToArray();
        var histogram = new BucketHistogram(6);
        for (var i = 0; i < 4; i++) histogram.Add(values, 1);
        Same([.. values, .. values, .. values, .. values], histogram);
        for (var i = 0; i < 3; i++) histogram.Add(values, -1);
        Same(values, histogram);
        histogram.Add(values, -1);
        Assert.False(histogram.GetEnumerator().MoveNext());
    }

    [Fact]
    public void Counts_may_grow_beyond_four_bytes_and_come_back()
    {
        var histogram = new BucketHistogram(6);
        histogram.Add(100, 5_000_000_000);
        histogram.Add(200, 3);
        histogram.Add(20_000, 2);
        Assert.Equal((5_000_000_005, 100, 200, 20_000), (histogram.Count, histogram.KeyAt(4_999_999_999), histogram.KeyAt(5_000_000_002), histogram.KeyAt(5_000_000_004)));
        histogram.Add(100, -4_999_999_999);
        var held = new List<(int, long)>();
        foreach (var bucket in histogram) held.Add(bucket);
        Assert.Equal([(100, 1), (200, 3), (20_000, 2)], held);
        histogram.Clear();
        Assert.False(histogram.GetEnumerator().MoveNext());
    }

    [Fact]
    public void Every_rank_has_the_key_that_counting_by_hand_gives_whatever_was_taken_away() => Prop.ForAll(Changes, c =>
    {
        var (histogram, byHand) = (new BucketHistogram(c.Bits), new SortedDictionary<int, long>());
        foreach (var (key, count) in c.Changes) Change(key, count);
        foreach (var (key, count) in c.Changes.Where((_, i) => i % 3 > 0)) Change(key, -count);
        var held = byHand.Where(b => b.Value > 0).ToList();
        var listed = new List<KeyValuePair<int, long>>();
        foreach (var (key, count) in histogram) listed.Add(new(key, count));
        Assert.Equal(held, listed);
        Assert.Equal(held.Sum(b => b.Value), histogram.Count);
        var rank = 0L;
        foreach (var (key, count) in held)
        {
            Assert.Equal((key, key), (histogram.KeyAt(rank), histogram.KeyAt(rank + count - 1)));
            rank += count;
        }

        void Change(int key, long count)
        {
            histogram.Add(key, count);
            byHand[key] = byHand.GetValueOrDefault(key) + count;
        }
    }).QuickCheckThrowOnFailure();

    private static void Same(double[] values, BucketHistogram histogram)
    {
        var sketch = new QuantileSketch(6);
        foreach (var value in values) sketch.Add(value);
        var bytes = new byte[SketchEncoding.MaxLength(values.Length)];
        Assert.Equal(SketchEncoding.Encode(sketch), bytes[..SketchEncoding.Write(bytes, 6, histogram)]);
        foreach (var q in new[] { 0, 0.01, 0.5, 0.95, 0.999, 1 })
            Assert.Equal(sketch.Quantile(q), SketchBuckets.Value(histogram.KeyAt((long)(q * (histogram.Count - 1))), 6));
    }
}
