namespace Pipeline.Processing;

/// <summary>How everything is, in one word, and why.</summary>
/// <param name="Reasons">Worst first, in an order that depends on nothing but their content.</param>
/// <param name="DataAgeSeconds">From the end of the newest window to <paramref name="Time"/>; null where there is none.</param>
/// <param name="Time">Unix milliseconds.</param>
public sealed record Verdict(Health Health, IReadOnlyList<VerdictReason> Reasons, double? DataAgeSeconds, long Time)
{
    private const int MaxText = 300;

    public static Verdict Of(VerdictInput input, VerdictOptions options)
    {
        var reasons = DataReasons(input, options)
            .Concat(PipelineReasons.Of(input, options))
            .Concat(input.Others)
            .OrderByDescending(r => r.Severity)
            .ThenBy(r => r.About, StringComparer.Ordinal)
            .ThenBy(r => r.Text, StringComparer.Ordinal)
            .ToList();
        var health = reasons.Count == 0 ? Health.Healthy : reasons[0].Severity;
        return new Verdict(health, Bounded(reasons, options.MaxReasons), AgeSeconds(input), input.Now);
    }

    /// <summary>Where nothing is known, old figures are no reason for anything.</summary>
    private static IEnumerable<VerdictReason> DataReasons(VerdictInput input, VerdictOptions options)
    {
        var silence = new Silence(input.Now, options);
        if (silence.OfAll(input.Newest) is { } unknown) return [unknown];
        var heard = input.Newest.Where(silence.Hears).ToList();
        return ProbeReasons.Of(heard, options).Concat(HardwareReasons.Of(heard, options)).Concat(silence.OfSome(input.Newest));
    }

    private static double? AgeSeconds(VerdictInput input) =>
        input.Newest.Count == 0 ? null : Math.Max(0, input.Now - input.Newest.Max(r => r.End)) / 1000.0;

    private static List<VerdictReason> Bounded(List<VerdictReason> reasons, int max)
    {
        var kept = reasons.Take(max).Select(r => r with { About = Bounded(r.About), Text = Bounded(r.Text) }).ToList();
        if (reasons.Count > max) kept.Add(new VerdictReason(reasons[max].Severity, "verdict", $"and {reasons.Count - max} more"));
        return kept;
    }

    private static string Bounded(string text) => text.Length <= MaxText ? text : text[..MaxText] + "…";
}
