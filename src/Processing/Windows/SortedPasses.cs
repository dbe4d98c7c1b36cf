using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Processing;

/// <summary>
/// Numbers in ascending order, with infinities behind. Each change goes over all of them once, in place: no searching, nothing to guess for
/// the processor, four numbers at a time, and what it reads it reads by whole vectors.
/// </summary>
internal ref struct SortedPasses
{
    /// <summary>Of the buffer: the numbers, up to two vectors behind, and what is left out to begin at a multiple of a vector.</summary>
    public const int Room = SortedValues.Most + 3 * Lanes;

    private const int Lanes = 4;

    /// <summary>The upper half of the one, then the lower half of the other.</summary>
    private const byte HighLow = 0x21;

    /// <summary>Of each half, the second number of the one and the first of the other.</summary>
    private const byte OddEven = 0b0101;

    private readonly ref double _start;
    private int _count;

    /// <param name="buffer">Of <see cref="Room"/>, with anything in it; on the stack, so that it stays where it is.</param>
    /// <param name="most">How many there may ever be.</param>
    public unsafe SortedPasses(Span<double> buffer, ReadOnlySpan<double> values, int most)
    {
        var used = (int)((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(buffer)) / sizeof(double) % Lanes);
        buffer = buffer[((Lanes - used) % Lanes)..];
        values.CopyTo(buffer);
        _start = ref MemoryMarshal.GetReference(buffer);
        var end = (most + Lanes - 1) / Lanes * Lanes + Lanes;
        for (var i = values.Length; i < end; i += Lanes) Store(Vector256.Create(double.PositiveInfinity), i);
        _count = values.Length;
    }

    public readonly void CopyTo(Span<double> values) => MemoryMarshal.CreateReadOnlySpan(ref _start, _count).CopyTo(values);

    public readonly void Replace(double old, double value)
    {
        var (olds, values) = (Vector256.Create(old), Vector256.Create(value));
        var (at, before) = (Load(0), Vector256.Create(double.NegativeInfinity));
        for (var i = 0; i < _count; i += Lanes)
        {
            var next = Load(i + Lanes);
            var left = Removed(at, next, olds);
            Store(Inserted(before, left, values), i);
            (at, before) = (next, left);
        }
    }

    public void Remove(double old)
    {
        var (olds, at) = (Vector256.Create(old), Load(0));
        for (var i = 0; i < _count; i += Lanes)
        {
            var next = Load(i + Lanes);
            Store(Removed(at, next, olds), i);
            at = next;
        }
        _count--;
    }

    public void Insert(double value)
    {
        var (values, before) = (Vector256.Create(value), Vector256.Create(double.NegativeInfinity));
        for (var i = 0; i <= _count; i += Lanes)
        {
            var at = Load(i);
            Store(Inserted(before, at, values), i);
            before = at;
        }
        _count++;
    }

    /// <summary>What is less than the old one stays, and the rest moves up.</summary>
    private static Vector256<double> Removed(Vector256<double> at, Vector256<double> next, Vector256<double> old) =>
        Vector256.ConditionalSelect(Vector256.LessThan(at, old), at, MovedUp(at, next));

    /// <summary>What is less than the new one stays, then comes that, and the rest moves down.</summary>
    private static Vector256<double> Inserted(Vector256<double> before, Vector256<double> at, Vector256<double> value) =>
        Vector256.MaxNative(MovedDown(before, at), Vector256.MinNative(at, value));

    private static Vector256<double> MovedUp(Vector256<double> at, Vector256<double> next) => Avx.IsSupported
        ? Avx.Shuffle(at, Avx.Permute2x128(at, next, HighLow), OddEven)
        : Vector256.Create(at[1], at[2], at[3], next[0]);

    private static Vector256<double> MovedDown(Vector256<double> before, Vector256<double> at) => Avx.IsSupported
        ? Avx.Shuffle(Avx.Permute2x128(before, at, HighLow), at, OddEven)
        : Vector256.Create(before[3], at[0], at[1], at[2]);

    private readonly Vector256<double> Load(int i) => Vector256.LoadUnsafe(ref _start, (nuint)i);
    private readonly void Store(Vector256<double> four, int i) => four.StoreUnsafe(ref _start, (nuint)i);
}
