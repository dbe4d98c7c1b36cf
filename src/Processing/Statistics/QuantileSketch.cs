namespace Pipeline.Processing;

/// <summary>
/// Quantiles of a multiset of finite numbers, within a guaranteed relative error. Up to <see cref="ExactLimit"/> values are kept as they
/// are and answered exactly; beyond, they are counted in buckets whose bounds are the floating-point numbers with
/// <see cref="Bits"/> bits of mantissa, 2^Bits to an octave. The state, and so the encoding, depends on the multiset alone: neither on the
/// order of additions nor on the way of merging.
/// </summary>
/// <remarks>
/// DDSketch (Masson, Rim, Lee, VLDB 2019) with linear interpolation between powers of two as its mapping. At most
/// <see cref="MaxBuckets"/> buckets are kept; beyond, the lowest are added to the lowest one kept, as in the paper, and the guarantee holds
/// for the quantiles above it. Not for two threads at once.
/// </remarks>
public sealed class QuantileSketch
{
    /// <summary>Up to this many values are kept as they are.</summary>
    public const int ExactLimit = 48;

    /// <summary>At 1 % they span 64 octaves, if every bucket of them is hit.</summary>
    public const int MaxBuckets = 4096;

    private double[]? _exact;
    private BucketCounts? _buckets;

    public QuantileSketch(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, SketchBuckets.MinBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, SketchBuckets.MaxBits);
        Bits = bits;
    }

    /// <summary>Buckets to an octave, as a power of two.</summary>
    public int Bits { get; private set; }

    public long Count { get; private set; }

    /// <summary>|answer - true| is at most this times |true|; 0 while the values are kept.</summary>
    public double RelativeError => _buckets is null ? 0 : SketchBuckets.RelativeError(Bits);

    internal ReadOnlySpan<double> Exact => _buckets is null ? _exact.AsSpan(0, (int)Count) : [];
    internal BucketCounts? Buckets => _buckets;

    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public void Add(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite numbers have quantiles.");
        Count++;
        if (_buckets is null && Count <= ExactLimit) Insert(value);
        else BucketsOfAll().Add(SketchBuckets.Of(value, Bits), 1);
    }

    /// <summary>Adds all values of another sketch. The coarser of the two resolutions remains.</summary>
    public void Merge(QuantileSketch other)
    {
        if (other.Bits < Bits) Coarsen(other.Bits);
        var total = Count + other.Count;
        if (total <= ExactLimit)
        {
            foreach (var value in other.Exact) { Count++; Insert(value); }
            return;
        }
        var buckets = BucketsOfAll();
        foreach (var value in other.Exact) buckets.Add(SketchBuckets.Of(value, Bits), 1);
        if (other._buckets is { } theirs)
            for (var i = 0; i < theirs.Length; i++) buckets.Add(SketchBuckets.Coarser(theirs.Key(i), other.Bits - Bits), theirs.Count(i));
        Count = total;
    }

    /// <summary>The value of rank floor(q * (Count - 1)), counted from 0, in ascending order; NaN where there are none.</summary>
    public double Quantile(double q)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(q);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(q, 1);
        if (Count == 0) return double.NaN;
        var rank = (long)(q * (Count - 1));
        return _buckets is { } buckets ? SketchBuckets.Value(buckets.KeyAt(rank), Bits) : _exact![rank];
    }

    internal static QuantileSketch FromExact(int bits, ReadOnlySpan<double> values)
    {
        var sketch = new QuantileSketch(bits);
        foreach (var value in values) sketch.Add(value);
        return sketch;
    }

    internal static QuantileSketch FromBuckets(int bits, BucketCounts buckets) => new(bits) { _buckets = buckets, Count = buckets.Total };

    private void Insert(double value)
    {
        if (value == 0) value = 0; // -0 and 0 are one value, so that equal multisets are equal bytes
        var held = (int)Count - 1;
        if (_exact is null) _exact = new double[4];
        else if (_exact.Length == held) Array.Resize(ref _exact, held * 2);
        var at = held;
        for (; at > 0 && _exact[at - 1] > value; at--) _exact[at] = _exact[at - 1];
        _exact[at] = value;
    }

    private BucketCounts BucketsOfAll()
    {
        if (_buckets is { } buckets) return buckets;
        buckets = new BucketCounts(MaxBuckets);
        foreach (var value in _exact.AsSpan(0, (int)Math.Min(Count, ExactLimit))) buckets.Add(SketchBuckets.Of(value, Bits), 1);
        _exact = null;
        return _buckets = buckets;
    }

    private void Coarsen(int bits)
    {
        if (_buckets is { } fine)
        {
            _buckets = new BucketCounts(MaxBuckets);
            for (var i = 0; i < fine.Length; i++) _buckets.Add(SketchBuckets.Coarser(fine.Key(i), Bits - bits), fine.Count(i));
        }
        Bits = bits;
    }
}
