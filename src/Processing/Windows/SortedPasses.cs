using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Processing;

/// <summary>
/// Numbers in ascending order, between minus infinity and infinities. Each change goes over all of them once, from one buffer to another:
/// no searching, nothing to guess for the processor, and eight numbers at a time.
/// </summary>
internal ref struct SortedPasses
{
    /// <summary>Of one buffer: the number before, the numbers, and three vectors behind.</summary>
    public const int Room = 1 + SortedValues.Most + 3 * Lanes;

    private const int Lanes = 8;

    private ref double _from, _to;
    private int _count;

    /// <param name="buffers">Of twice <see cref="Room"/>, with anything in it.</param>
    /// <param name="most">How many there may ever be.</param>
    public SortedPasses(Span<double> buffers, ReadOnlySpan<double> values, int most)
    {
        var from = buffers[..Room];
        var to = buffers[Room..];
        from[0] = to[0] = double.NegativeInfinity;
        values.CopyTo(from[1..]);
        _from = ref MemoryMarshal.GetReference(from);
        _to = ref MemoryMarshal.GetReference(to);
        var infinities = Vector512.Create(double.PositiveInfinity);
        for (var i = 1 + values.Length; i <= most + 2 * Lanes; i += Lanes)
        {
            infinities.StoreUnsafe(ref _from, (nuint)i);
            infinities.StoreUnsafe(ref _to, (nuint)i);
        }
        _count = values.Length;
    }

    public readonly void CopyTo(Span<double> values) => MemoryMarshal.CreateReadOnlySpan(ref At(1), _count).CopyTo(values);

    public void Replace(double old, double value)
    {
        var (olds, values) = (Vector512.Create(old), Vector512.Create(value));
        for (var i = 0; i < _count; i += Lanes)
        {
            var (before, at, after) = (Load(i), Load(i + 1), Load(i + 2));
            Store(Inserted(Removed(before, at, olds), Removed(at, after, olds), values), i);
        }
        Swap();
    }

    public void Remove(double old)
    {
        var olds = Vector512.Create(old);
        for (var i = 0; i < _count; i += Lanes) Store(Removed(Load(i + 1), Load(i + 2), olds), i);
        _count--;
        Swap();
    }

    public void Insert(double value)
    {
        var values = Vector512.Create(value);
        for (var i = 0; i <= _count; i += Lanes) Store(Inserted(Load(i), Load(i + 1), values), i);
        _count++;
        Swap();
    }

    /// <summary>What is less than the old one stays, and the rest moves up.</summary>
    private static Vector512<double> Removed(Vector512<double> at, Vector512<double> after, Vector512<double> old) =>
        Vector512.ConditionalSelect(Vector512.LessThan(at, old), at, after);

    /// <summary>What is less than the new one stays, then comes that, and the rest moves down.</summary>
    private static Vector512<double> Inserted(Vector512<double> before, Vector512<double> at, Vector512<double> value) =>
        Vector512.MaxNative(before, Vector512.MinNative(at, value));

    private readonly Vector512<double> Load(int i) => Vector512.LoadUnsafe(ref _from, (nuint)i);
    private readonly void Store(Vector512<double> eight, int i) => eight.StoreUnsafe(ref _to, (nuint)(i + 1));
    private readonly ref double At(int i) => ref Unsafe.Add(ref _from, i);

    private void Swap()
    {
        ref var from = ref _from;
        _from = ref _to;
        _to = ref from;
    }
}
