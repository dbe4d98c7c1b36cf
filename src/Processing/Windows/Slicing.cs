namespace Pipeline.Processing;

/// <summary>
/// How event time is cut: windows [m * Slide, m * Slide + Size) for every whole m, and slices, the longest equal parts of which every window
/// is made (Traub et al., Scotty, EDBT 2019). All in milliseconds.
/// </summary>
public readonly record struct Slicing
{
    public Slicing(long size, long slide) => (Size, Slide, Slice) = (size, slide, Gcd(size, slide));

    public long Size { get; }
    public long Slide { get; }
    public long Slice { get; }

    /// <summary>How many slices a window has.</summary>
    public int Slices => (int)(Size / Slice);

    /// <summary>The number of the slice that an instant is in.</summary>
    public long SliceOf(long time) => FloorDivide(time, Slice);

    /// <summary>The end of the last window that holds a slice.</summary>
    public long LastEndOf(long slice) => FloorDivide(slice * Slice, Slide) * Slide + Size;

    /// <summary>The end of the first window that holds a slice.</summary>
    public long FirstEndOf(long slice) => NextEnd((slice + 1) * Slice - 1);

    /// <summary>The first window end that is later than an instant.</summary>
    public long NextEnd(long after) => (FloorDivide(after - Size, Slide) + 1) * Slide + Size;

    /// <summary>The first window start that is not before an instant.</summary>
    public long StartAtOrAfter(long time) => -FloorDivide(-time, Slide) * Slide;

    internal static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    internal static long FloorDivide(long dividend, long divisor) =>
        dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
}
