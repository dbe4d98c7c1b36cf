using System.Globalization;
using Pipeline.Processing;

namespace Pipeline.Sinks.Grafana;

/// <summary>The windows of a configuration, as dashboards look for them.</summary>
public sealed class DashboardWindows(IReadOnlyList<WindowOptions> windows)
{
    /// <summary>The first window of a metric whose results carry all of these labels; null where there is none.</summary>
    public (string Name, WindowQueries Queries)? Find(string metric, params string[] labels)
    {
        var found = windows.FirstOrDefault(w => w.Where.Count == 0 && new WindowDefinition(w).Takes(metric) && (w.By.Contains("*") || labels.All(w.By.Contains)));
        return found is null ? null : (found.Name, new WindowQueries($"\"window\" = '{found.Name}'", Interval(found.Slide ?? found.Size)));
    }

    /// <summary>The first window of a metric that puts all series together but for these labels; null where there is none.</summary>
    public WindowQueries? FindMerged(string metric, params string[] labels) => windows.FirstOrDefault(w => w.By.Order().SequenceEqual(labels.Order())) is { } found
        ? new DashboardWindows([found]).Find(metric, labels)?.Queries
        : null;

    /// <summary>The first window of a metric whose results carry all of these labels and the statistics that are asked for; null where there is none.</summary>
    public (StatisticsOptions Statistics, WindowQueries Queries)? FindWith(Func<StatisticsOptions, bool> asked, string metric, params string[] labels)
    {
        foreach (var window in windows.Where(w => asked(w.Statistics)))
            if (new DashboardWindows([window]).Find(metric, labels) is { } found) return (window.Statistics, found.Queries);
        return null;
    }

    private static string Interval(TimeSpan slide) => slide.Milliseconds == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{slide.TotalSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{slide.TotalMilliseconds}ms");
}
