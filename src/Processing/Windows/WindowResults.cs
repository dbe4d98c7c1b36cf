using System.Runtime.InteropServices;

namespace Pipeline.Processing;

/// <summary>Results in arrays that are used again for the next batch, so that a hundred thousand of them leave no garbage.</summary>
internal sealed class WindowResults
{
    private const int Ahead = 6;

    private Row[] _rows = [];
    private double[] _quantiles = [];
    private byte[] _sketches = [];
    private int[] _order = [];
    private FurtherFigures?[] _further = [];
    private int _quantilesUsed, _sketchesUsed;

    public int Count { get; private set; }

    /// <summary>How many have been put in order.</summary>
    public int Ordered { get; private set; }

    public ref readonly Row At(int place) => ref _rows[_order[place]];

    /// <summary>The result at a place, and has those fetched that will be asked for next.</summary>
    public ref readonly Row Next(int place)
    {
        if (place + 2 * Ahead < Ordered)
        {
            var far = _order[place + 2 * Ahead];
            Cache.Fetch(_rows, far);
            Cache.Fetch(_rows, far + 1); // where it ends
            Cache.Fetch(_quantiles, At(place + Ahead).Quantiles);
        }
        return ref At(place);
    }

    public ReadOnlySpan<double> Quantiles(in Row row, int count) => _quantiles.AsSpan(row.Quantiles, count);
    public ReadOnlySpan<byte> Sketch(in Row row) => _sketches.AsSpan(row.Sketch, row.SketchLength);

    /// <summary>What was attached to a result.</summary>
    public FurtherFigures Further(int place) => _further[_order[place]]!;

    public void Attach(int index, FurtherFigures further)
    {
        Arrays.Grow(ref _further, index + 1);
        _further[index] = further;
    }

    public void Clear() => (Count, Ordered, _quantilesUsed, _sketchesUsed) = (0, 0, 0, 0);

    /// <summary>The next in order.</summary>
    public void Take(int index) => _order[Ordered++] = index;

    /// <summary>Room for one more result.</summary>
    /// <param name="sketch">The most bytes that its sketch may take.</param>
    public ref Row Add(int quantiles, int sketch)
    {
        Arrays.Grow(ref _rows, Count + 1);
        Arrays.Grow(ref _order, Count + 1);
        Arrays.Grow(ref _quantiles, _quantilesUsed + quantiles);
        Arrays.Grow(ref _sketches, _sketchesUsed + sketch);
        ref var row = ref _rows[Count];
        (row.Quantiles, row.Sketch) = (_quantilesUsed, _sketchesUsed);
        Count++;
        _quantilesUsed += quantiles;
        return ref row;
    }

    public Span<double> QuantilesOf(in Row row, int count) => _quantiles.AsSpan(row.Quantiles, count);

    /// <summary>What is left for the sketch of the result just added.</summary>
    public Span<byte> SketchRoom => _sketches.AsSpan(_sketchesUsed);

    public void EndSketch(ref Row row, int length)
    {
        row.SketchLength = length;
        _sketchesUsed += length;
    }

    [StructLayout(LayoutKind.Auto)]
    public struct Row
    {
        /// <summary>The number of its group.</summary>
        public int Group;
        public int Revision, Quantiles, Sketch, SketchLength;
        public WindowFigures Figures;
    }
}
