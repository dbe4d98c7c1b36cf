using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Processing;

/// <summary>
/// Hints to the processor: has memory fetched that will be wanted soon and lies where the processor does not expect it. They mean nothing
/// but time, so what they are given may be wrong; and they read nothing themselves, not even a length, since that would be waited for.
/// </summary>
internal static unsafe class Cache
{
    private const int Line = 64;

    /// <summary>Of an array, before its first element.</summary>
    private static readonly int Header = 2 * sizeof(nint);

    /// <summary>Has the beginning of an object fetched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FetchObject(object of, int bytes = Line)
    {
        if (!Sse.IsSupported) return;
        for (var at = 0; at < bytes; at += Line) Sse.Prefetch0((byte*)Unsafe.As<object, nint>(ref of) + at);
    }

    /// <summary>Has an element of an array fetched.</summary>
    /// <param name="index">May be outside of the array.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch<T>(T[] array, int index)
    {
        if (Sse.IsSupported) Sse.Prefetch0((byte*)Unsafe.As<T[], nint>(ref array) + Header + (nint)index * Unsafe.SizeOf<T>());
    }
}
