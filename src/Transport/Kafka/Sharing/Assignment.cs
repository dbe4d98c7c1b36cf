using System.Text;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// Who does which partition: rendezvous hashing (Thaler and Ravishankar 1998) with a bound on everybody's load. All who see the same members
/// come to the same answer, loads differ by one at most, and when members come or go few partitions move.
/// </summary>
internal static class Assignment
{
    /// <summary>The partitions of one member.</summary>
    public static IReadOnlySet<int> Of(string member, IReadOnlyList<string> members, string work, int partitions)
    {
        var mine = new HashSet<int>();
        if (members.Count == 0) return mine;
        var loads = new int[members.Count];
        var (least, extra) = Math.DivRem(partitions, members.Count);
        for (var p = 0; p < partitions; p++)
        {
            var best = Enumerable.Range(0, members.Count).Where(HasRoom).MaxBy(m => (Weight(members[m], work, p), m));
            if (++loads[best] > least) extra--;
            if (members[best] == member) mine.Add(p);
        }
        return mine;

        bool HasRoom(int m) => loads[m] < least || (loads[m] == least && extra > 0);
    }

    /// <summary>FNV-1a, with the last step of MurmurHash3 to spread it: names that differ in their last letter weigh differently.</summary>
    private static ulong Weight(string member, string work, int partition)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes($"{member}\n{work}\n{partition}")) hash = (hash ^ b) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
