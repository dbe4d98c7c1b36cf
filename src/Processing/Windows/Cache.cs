using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Processing;

/// <summary>Hints to the processor.</summary>
internal static class Cache
{
    /// <summary>Has memory fetched that will be wanted soon and lies where the processor does not expect it. Means nothing but time.</summary>
    /// <param name="index">May be outside of the array.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Fetch<T>(T[] array, int index)
    {
        if (Sse.IsSupported && (uint)index < (uint)array.Length)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), index)));
    }
}
