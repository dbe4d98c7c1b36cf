using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Processing;

/// <summary>
/// Numbers in ascending order, with infinities behind. Each change goes over all of them once, in place: no searching, nothing to guess for
/// the processor, eight numbers at a time, and what it reads it reads by whole lines of the cache.
/// </summary>
internal ref struct SortedPasses
{
    /// <summary>Of the buffer: the numbers, up to two vectors behind, and what is left out to begin at a line of the cache.</summary>
    public const int Room = SortedValues.Most + 3 * Lanes;

    private const int Lanes = 8;

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
        for (var i = values.Length; i < end; i += Lanes) Store(Vector512.Create(double.PositiveInfinity), i);
        _count = values.Length;
    }

    public readonly void CopyTo(Span<double> values) => MemoryMarshal.CreateReadOnlySpan(ref _start, _count).CopyTo(values);

    public readonly void Replace(double old, double value)
    {
        var (olds, values) = (Vector512.Create(old), Vector512.Create(value));
        var (at, before) = (Load(0), Vector512.Create(double.NegativeInfinity));
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
        var (olds, at) = (Vector512.Create(old), Load(0));
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
        var (values, before) = (Vector512.Create(value), Vector512.Create(double.NegativeInfinity));
        for (var i = 0; i <= _count; i += Lanes)
        {
            var at = Load(i);
            Store(Inserted(before, at, values), i);
            before = at;
        }
        _count++;
    }

    /// <summary>What is less than the old one stays, and the rest moves up.</summary>
    private static Vector512<double> Removed(Vector512<double> at, Vector512<double> next, Vector512<double> old) =>
        Vector512.ConditionalSelect(Vector512.LessThan(at, old), at, MovedUp(at, next));

    /// <summary>What is less than the new one stays, then comes that, and the rest moves down.</summary>
    private static Vector512<double> Inserted(Vector512<double> before, Vector512<double> at, Vector512<double> value) =>
        Vector512.MaxNative(MovedDown(before, at), Vector512.MinNative(at, value));

    private static Vector512<double> MovedUp(Vector512<double> at, Vector512<double> next) => Avx512F.IsSupported
        ? Avx512F.AlignRight64(next.AsInt64(), at.AsInt64(), 1).AsDouble()
        : Vector512.Create(at[1], at[2], at[3], at[4], at[5], at[6], at[7], next[0]);

    private static Vector512<double> MovedDown(Vector512<double> before, Vector512<double> at) => Avx512F.IsSupported
        ? Avx512F.AlignRight64(at.AsInt64(), before.AsInt64(), 7).AsDouble()
        : Vector512.Create(before[7], at[0], at[1], at[2], at[3], at[4], at[5], at[6]);

    private readonly Vector512<double> Load(int i) => Vector512.LoadUnsafe(ref _start, (nuint)i);
    private readonly void Store(Vector512<double> eight, int i) => eight.StoreUnsafe(ref _start, (nuint)i);
}
