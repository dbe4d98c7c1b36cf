using System.Buffers.Binary;

namespace Pipeline.Processing;

/// <summary>
/// Sorts groups by name. Names mostly differ early after what they have in common, so eight bytes of each are compared as one number, and
/// only those that are equal so far are looked at again (multikey sorting by words; Bentley and Sedgewick, 1997).
/// </summary>
internal static class NameOrder
{
    /// <summary>Fewer are sorted by comparing whole names.</summary>
    private const int Few = 32;

    public static void Sort(Span<WindowGroup> groups)
    {
        if (IsOfSeveralMetrics(groups)) groups.Sort();
        else SortKeys(groups);
    }

    /// <summary>Of one metric, so that the keys alone tell them apart.</summary>
    private static void SortKeys(Span<WindowGroup> groups)
    {
        if (groups.Length < Few)
        {
            groups.Sort();
            return;
        }
        var heads = new ulong[groups.Length];
        var common = Common(groups);
        for (var i = 0; i < heads.Length; i++) heads[i] = Head(groups[i].Key.AsSpan(common));
        heads.AsSpan().Sort(groups);
        for (int from = 0, to; from < heads.Length; from = to)
        {
            to = from + 1;
            while (to < heads.Length && heads[to] == heads[from]) to++;
            if (to - from == heads.Length) groups.Sort(); // nothing gained: some end where others go on with zeros
            else if (to - from > 1) SortKeys(groups[from..to]);
        }
    }

    private static bool IsOfSeveralMetrics(Span<WindowGroup> groups)
    {
        foreach (var group in groups)
            if (group.Metric != groups[0].Metric) return true;
        return false;
    }

    /// <summary>With how many bytes all names begin alike.</summary>
    private static int Common(Span<WindowGroup> groups)
    {
        var common = groups[0].Key.AsSpan();
        foreach (var group in groups) common = common[..common.CommonPrefixLength(group.Key)];
        return common.Length;
    }

    /// <summary>The next eight bytes; those that there are not count as zeros.</summary>
    private static ulong Head(ReadOnlySpan<byte> rest)
    {
        if (rest.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64BigEndian(rest);
        Span<byte> padded = stackalloc byte[sizeof(ulong)];
        padded.Clear();
        rest.CopyTo(padded);
        return BinaryPrimitives.ReadUInt64BigEndian(padded);
    }
}
