using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary>What a replay came to, as tables.</summary>
internal static class ReplayReport
{
    public static void Write(TextWriter to, Recording recording, ReplayCounts counts, IReadOnlyList<LedgerEntry> ledger)
    {
        to.WriteLine("recorded");
        foreach (var topic in recording.Header.Topics)
            Row(to, topic.Name, Enumerable.Range(0, topic.From.Count).Sum(p => recording.RecordsOf(new TopicPartition(topic.Name, p))));
        to.WriteLine("published");
        foreach (var (topic, records) in counts.Topics) Row(to, topic, records);
        to.WriteLine("results by window");
        foreach (var (window, results) in counts.Windows.OrderBy(w => w.Key, StringComparer.Ordinal)) Row(to, window, results);
        to.WriteLine($"{"ledger",-28}{"in",14}{"out",14}{"held",10}{"late",10}{"duplicate",11}{"malformed",11}{"filtered",11}{"rejected",11}{"overflow",11}{"difference",12}");
        foreach (var e in ledger)
            to.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {e.Name,-26}{e.In,14:N0}{e.Out,14:N0}{e.Held,10:N0}{e.Late,10:N0}{e.Duplicate,11:N0}{e.Malformed,11:N0}{e.Filtered,11:N0}{e.Rejected,11:N0}{e.Overflow,11:N0}{e.Difference,12:N0}"));
    }

    private static void Row(TextWriter to, string name, long count) => to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-26}{count,14:N0}"));
}
