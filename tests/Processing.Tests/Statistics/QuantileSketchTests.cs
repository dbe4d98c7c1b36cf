using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Processing.Tests;

public sealed class QuantileSketchTests
{
    private static readonly double[] Ranks = [0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

    [Fact]
    public void Error_of_every_quantile_is_within_the_guarantee_on_a_thousand_random_data_sets()
    {
        for (var seed = 0; seed < 1000; seed++)
        {
            var values = DataSets.Random(new Random(seed), seed % DataSets.Shapes);
            var sketch = SketchOf(values, bits: 6);
            Array.Sort(values);
            foreach (var rank in Ranks)
            {
                var exact = values[(int)(rank * (values.Length - 1))];
                var error = Math.Abs(sketch.Quantile(rank) - exact);
                Assert.True(error <= sketch.RelativeError * Math.Abs(exact) * (1 + 1e-12), $"Data set {seed}, quantile {rank}: off by {error} from {exact}.");
            }
            Assert.True(sketch.RelativeError <= 0.01);
        }
    }

    [Fact]
    public void Few_values_are_answered_exactly()
    {
        var values = Enumerable.Range(0, QuantileSketch.ExactLimit).Select(i => Math.Sin(i) * 1000).ToArray();
        var sketch = SketchOf(values, bits: 6);
        Array.Sort(values);
        Assert.Equal(0, sketch.RelativeError);
        Assert.All(Ranks, rank => Assert.Equal(values[(int)(rank * (values.Length - 1))], sketch.Quantile(rank)));
    }

    [Fact]
    public void Merging_in_any_order_and_grouping_gives_the_same_bytes_as_adding()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var values = DataSets.Random(random, seed % DataSets.Shapes);
            var added = SketchEncoding.Encode(SketchOf(values, bits: 6));
            random.Shuffle(values);
            var parts = values.GroupBy(_ => random.Next(1 + random.Next(9))).Select(g => SketchOf([.. g], bits: 6)).ToArray();
            Assert.Equal(added, SketchEncoding.Encode(MergeAll(random, [.. parts])));
        }
    }

    [Fact]
    public void Merging_stays_the_same_in_any_order_when_the_lowest_buckets_collapse()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var values = Enumerable.Range(0, 12_000).Select(_ => Math.Exp(random.NextDouble() * 1200 - 600)).ToArray();
            var added = SketchOf(values, bits: 6);
            Assert.Equal(QuantileSketch.MaxBuckets, BucketsOf(added));
            var parts = values.GroupBy(_ => random.Next(7)).Select(g => SketchOf([.. g], bits: 6)).ToArray();
            Assert.Equal(SketchEncoding.Encode(added), SketchEncoding.Encode(MergeAll(random, [.. parts])));
        }
    }

    [Fact]
    public void Sketches_of_different_resolution_merge_into_the_coarser()
    {
        var values = Enumerable.Range(-500, 1000).Select(i => i * 0.37).ToArray();
        var coarse = SketchOf(values, bits: 4);
        foreach (var (one, other) in new[] { (7, 4), (4, 7) })
        {
            var merged = SketchOf(values[..600], one);
            merged.Merge(SketchOf(values[600..], other));
            Assert.Equal(SketchEncoding.Encode(coarse), SketchEncoding.Encode(merged));
        }
    }

    [Fact]
    public void Merged_values_are_kept_as_long_as_they_are_few()
    {
        var values = Enumerable.Range(0, QuantileSketch.ExactLimit + 1).Select(i => (double)i).ToArray();
        foreach (var (total, error) in new[] { (QuantileSketch.ExactLimit, 0), (QuantileSketch.ExactLimit + 1, 1.0 / 129) })
        {
            var merged = SketchOf(values[..20], bits: 6);
            merged.Merge(SketchOf(values[20..total], bits: 6));
            Assert.Equal((total, error), (merged.Count, merged.RelativeError));
        }
    }

    [Fact]
    public void Empty_sketch_is_the_identity_of_merging()
    {
        foreach (var count in new[] { 0, 5, 500 })
        {
            var values = Enumerable.Range(0, count).Select(i => i - 100.5).ToArray();
            var left = new QuantileSketch(6);
            left.Merge(SketchOf(values, 6));
            var right = SketchOf(values, 6);
            right.Merge(new QuantileSketch(6));
            Assert.Equal(SketchEncoding.Encode(SketchOf(values, 6)), SketchEncoding.Encode(left));
            Assert.Equal(SketchEncoding.Encode(left), SketchEncoding.Encode(right));
        }
    }

    [Fact]
    public void Encoding_comes_back_as_it_was() => Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat[]>(), floats =>
    {
        var sketch = SketchOf([.. floats.Select(f => f.Item)], 6);
        var bytes = SketchEncoding.Encode(sketch);
        var decoded = SketchEncoding.Decode(bytes);
        return bytes.AsSpan().SequenceEqual(SketchEncoding.Encode(decoded)) && decoded.Count == sketch.Count;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_that_are_no_sketch_are_refused_with_a_reason()
    {
        var good = SketchEncoding.Encode(SketchOf([.. Enumerable.Range(1, 200).Select(i => (double)i)], 6));
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = random.Next(2) == 0 ? good.ToArray() : new byte[random.Next(40)];
            if (bytes.Length == 0 || bytes[0] == 0) random.NextBytes(bytes);
            for (var flips = random.Next(4); flips > 0 && bytes.Length > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(3) == 0) bytes = bytes[..random.Next(bytes.Length + 1)];
            try
            {
                var sketch = SketchEncoding.Decode(bytes);
                Assert.True(sketch.Count >= 0);
            }
            catch (FormatException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }

    [Fact]
    public void Bucket_keys_beyond_any_double_are_refused()
    {
        foreach (var key in new[] { long.MinValue, long.MaxValue, -(0x7ffL << 6), 0x7ffL << 6 })
        {
            byte[] bytes = [1, 6, 1, 1, .. new byte[Varint.MaxLength], 100];
            var length = Varint.Write(bytes.AsSpan(4), Varint.ZigZag(key));
            Assert.Throws<FormatException>(() => SketchEncoding.Decode([.. bytes[..(4 + length)], 100]));
        }
    }

    [Fact]
    public void Number_that_is_not_finite_is_refused()
    {
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch(6).Add(value));
    }

    [Fact]
    public void Resolution_and_rank_have_a_range()
    {
        foreach (var bits in new[] { 0, 13 }) Assert.Throws<ArgumentOutOfRangeException>(() => new QuantileSketch(bits));
        foreach (var rank in new[] { -0.001, 1.001 }) Assert.Throws<ArgumentOutOfRangeException>(() => SketchOf([1, 2], bits: 6).Quantile(rank));
        Assert.Equal(12, SketchBuckets.BitsFor(1.0 / 8193));
        Assert.Contains("The finest is", Assert.Throws<ArgumentOutOfRangeException>(() => SketchBuckets.BitsFor(1.0 / 8194)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_small_for_a_normal_number_is_zero()
    {
        const double smallest = 2.2250738585072014e-308;
        Assert.Equal((0, 0, 64, -64), (SketchBuckets.Of(double.BitDecrement(smallest), 6), SketchBuckets.Of(-double.Epsilon, 6), SketchBuckets.Of(smallest, 6), SketchBuckets.Of(-smallest, 6)));
    }

    [Theory]
    [InlineData(0.01, 6)]
    [InlineData(0.02, 5)]
    [InlineData(0.001, 9)]
    public void Bits_are_the_fewest_that_keep_the_error(double error, int bits)
    {
        Assert.Equal(bits, SketchBuckets.BitsFor(error));
        Assert.True(SketchBuckets.RelativeError(bits) <= error);
        Assert.True(SketchBuckets.RelativeError(bits - 1) > error);
    }

    private static QuantileSketch SketchOf(double[] values, int bits)
    {
        var sketch = new QuantileSketch(bits);
        foreach (var value in values) sketch.Add(value);
        return sketch;
    }

    private static QuantileSketch MergeAll(Random random, List<QuantileSketch> parts)
    {
        while (parts.Count > 1)
        {
            var (into, from) = (random.Next(parts.Count), random.Next(parts.Count));
            if (into == from) continue;
            parts[into].Merge(parts[from]);
            parts.RemoveAt(from);
        }
        return parts[0];
    }

    private static int BucketsOf(QuantileSketch sketch) => sketch.Buckets!.Length;

    [Fact]
    public void Bucket_answers_the_harmonic_mean_of_its_bounds_to_the_last_bit_whatever_its_power_of_two()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bits = random.Next(SketchBuckets.MinBits, SketchBuckets.MaxBits + 1);
            var key = random.Next(1 << bits, 2047 << bits); // from the least normal number to the greatest
            if (i < 100) key = (2047 << bits) - 1 - i % 10;
            var (low, high) = (BitConverter.Int64BitsToDouble((long)key << (52 - bits)), BitConverter.Int64BitsToDouble((long)(key + 1) << (52 - bits)));
            var expected = Math.Min(2 * (low / (1 + low / high)), double.MaxValue);
            Assert.Equal((expected, -expected), (SketchBuckets.Value(key, bits), SketchBuckets.Value(-key, bits)));
        }
    }
}
