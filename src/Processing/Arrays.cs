using System.Runtime.CompilerServices;

namespace Pipeline.Processing;

/// <summary>Makes arrays longer that are too short: by more than is asked for, since to do so is to allocate.</summary>
internal static class Arrays
{
    /// <summary>Room for so many; what was in it is lost where it was too short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Renew<T>(ref T[] array, int count)
    {
        if (array.Length < count) array = new T[WithSlack(count)];
    }

    /// <summary>Room for so many, of which few will be added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Extend<T>(ref T[] array, int count)
    {
        if (array.Length < count) Array.Resize(ref array, WithSlack(count));
    }

    /// <summary>Room for so many, which are added one by one: each is moved once on average.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Grow<T>(ref T[] array, int count)
    {
        if (array.Length < count) Array.Resize(ref array, Math.Max(count, 2 * array.Length));
    }

    private static int WithSlack(int count) => count + count / 8;
}
