using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Host.Rebuilding;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Host.Commands;

/// <summary>What a rebuild came to, as a table.</summary>
internal static class RebuildReport
{
    /// <param name="longer">The windows that are put together from this one.</param>
    public static void Write(TextWriter to, RebuildOrder order, RebuildSummary summary, IReadOnlyList<string> longer)
    {
        var from = summary.IsFromTheBeginning ? "the beginning" : UnixTime.ToRfc3339(summary.First);
        to.WriteLine($"{order.Window}: results of the ends from {from} to {UnixTime.ToRfc3339(summary.Last)}{(order.DryRun ? "; nothing was published" : "")}");
        Row(to, "computed", summary.Computed);
        Row(to, "missing", summary.Missing, "published");
        Row(to, "different", summary.Different, "published with a higher revision");
        Row(to, "no more", summary.TakenBack, "taken back");
        Row(to, "left alone", summary.LeftAlone);
        Row(to, "not touched, not whole", summary.NotWhole, "the log no longer holds all of their samples: log.retention.observations");
        Row(to, "not touched, not final", summary.NotFinal, "the stages may still correct them; run it again later if they are missing or differ");
        if (summary.Unreadable > 0) Row(to, "unreadable", summary.Unreadable, "records of the results' topic that are no results");
        if (longer.Count > 0 && summary.Missing + summary.Different + summary.TakenBack > 0) to.WriteLine($"  Put together from it, and to be rebuilt as well: {string.Join(", ", longer)}");
    }

    private static void Row(TextWriter to, string name, long count, string note = "") =>
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-26}{count,14:N0}  {note}").TrimEnd());
}
