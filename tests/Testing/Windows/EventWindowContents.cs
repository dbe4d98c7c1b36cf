using Pipeline.Processing;

namespace Pipeline.Testing;

/// <summary>What the sessions or sliding windows of one group hold, from all its samples at once.</summary>
public static class EventWindowContents
{
    public static IEnumerable<(long End, List<BatchSample> Samples)> Of(
        WindowOptions window, IReadOnlyList<BatchSample> samples)
    {
        var size = (long)window.Size.TotalMilliseconds;
        var ordered = samples.OrderBy(s => s.Time).ToList();
        return window.KindOrInferred == WindowKind.Session ? Sessions(ordered, size, (long)window.Gap!.Value.TotalMilliseconds) : Sliding(ordered, size);
    }

    private static IEnumerable<(long, List<BatchSample>)> Sessions(List<BatchSample> ordered, long size, long gap)
    {
        var session = new List<BatchSample>();
        foreach (var sample in ordered)
        {
            if (session.Count > 0 && (sample.Time - session[^1].Time >= gap || sample.Time / size != session[^1].Time / size))
            {
                yield return (End(session[^1].Time), session);
                session = [];
            }
            session.Add(sample);
        }
        if (session.Count > 0) yield return (End(session[^1].Time), session);

        long End(long last) => Math.Min(last + gap, (last / size + 1) * size);
    }

    private static IEnumerable<(long, List<BatchSample>)> Sliding(List<BatchSample> ordered, long size) =>
        ordered.Select(s => s.Time).Distinct().Select(t => (t + 1, (List<BatchSample>)[.. ordered.Where(s => s.Time > t - size && s.Time <= t)]));
}
