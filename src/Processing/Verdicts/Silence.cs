using System.Globalization;

namespace Pipeline.Processing;

/// <summary>Who was heard before and is not any more.</summary>
internal sealed class Silence(long now, VerdictOptions options)
{
    private readonly long _silentAfter = (long)options.SilentAfter.TotalMilliseconds;
    private readonly long _unknownAfter = (long)options.UnknownAfter.TotalMilliseconds;

    public bool Hears(SeriesReading reading) => now - reading.End <= _silentAfter + reading.Size;

    /// <summary>Why nothing is known, or null. Windows that close less often than the bound are given their time.</summary>
    public VerdictReason? OfAll(IReadOnlyList<SeriesReading> readings)
    {
        if (readings.Count == 0) return new VerdictReason(Health.Unknown, "data", "There is no data yet.");
        var newest = readings.Max(r => r.End);
        var shortest = readings.Min(r => r.Size);
        if (now - newest <= Math.Max(_unknownAfter, shortest + _silentAfter)) return null;
        return new VerdictReason(Health.Unknown, "data", $"The newest data is {Age(newest)} old.");
    }

    /// <summary>
    /// A series is silent when none of its windows is heard. What falls silent together is one reason: a dead host is one thing, not 150.
    /// </summary>
    public IEnumerable<VerdictReason> OfSome(IReadOnlyList<SeriesReading> readings)
    {
        var silent = readings.Where(r => !Hears(r)).ToList();
        if (silent.Count == 0) return [];
        var heard = readings.Where(Hears).Select(r => (r.Metric, r.Labels)).ToHashSet();
        return silent
            .Where(r => !heard.Contains((r.Metric, r.Labels)))
            .GroupBy(r => (r.Metric, r.Labels), (_, windows) => windows.MaxBy(w => w.End))
            .GroupBy(r => Subject.Of(r.Labels))
            .Select(g => Reason(g.Key, [.. g.OrderByDescending(r => r.End).ThenBy(Name, StringComparer.Ordinal)]));
    }

    private VerdictReason Reason(string about, List<SeriesReading> silent)
    {
        var others = silent.Count == 1 ? "" : $", nor for longer from {silent.Count - 1} more series";
        return new VerdictReason(Health.Degraded, about, $"Nothing for {Age(silent[0].End)} from {Name(silent[0])}{others}.");
    }

    private string Age(long end) => string.Create(CultureInfo.InvariantCulture, $"{(now - end) / 1000} s");

    private static string Name(SeriesReading reading) => $"{reading.Metric}{{{reading.Labels}}}";
}
