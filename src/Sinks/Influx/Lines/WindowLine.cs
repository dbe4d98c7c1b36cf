using System.Buffers;
using Pipeline.Contracts;

namespace Pipeline.Sinks.Influx;

/// <summary>
/// Window results as line protocol, in milliseconds: the measurement is the metric, the tags are the labels and <c>window</c>, the time is
/// the window's end. A name that InfluxDB keeps for itself gets <c>metric_</c> or <c>label_</c> in front. An empty label is left out, which
/// InfluxDB reads as empty. A number that is not finite is left out. A result that was taken back overwrites its point with zeros: InfluxDB
/// keeps what a line leaves out.
/// </summary>
public static class WindowLine
{
    private const int NumberFields = 17;

    /// <summary>Writes one line with its line end. Allocates nothing.</summary>
    public static void Write(IBufferWriter<byte> to, WindowResult result)
    {
        var line = new LineWriter(to.GetSpan(MaxLength(result)));
        WriteMeasurement(ref line, result.Metric);
        WriteTag(ref line, "window", result.Window);
        for (var i = 0; i < result.Labels.Count; i++) WriteLabel(ref line, result.Labels[i]);
        line.Raw(" count="u8);
        line.Number(result.Count);
        line.Raw("i"u8);
        WriteField(ref line, ",sum="u8, result.Sum);
        WriteField(ref line, ",min="u8, result.Min);
        WriteField(ref line, ",max="u8, result.Max);
        WriteField(ref line, ",mean="u8, result.Mean);
        WriteField(ref line, ",first="u8, result.First);
        WriteField(ref line, ",last="u8, result.Last);
        WriteField(ref line, ",rate="u8, result.Rate ?? (result.Count == 0 ? 0 : double.NaN));
        WriteQuantiles(ref line, result.Quantiles);
        WriteFurther(ref line, result);
        line.Raw(" "u8);
        line.Number(result.End);
        line.Raw("\n"u8);
        to.Advance(line.Length);
    }

    /// <summary>A measurement as lines begin with it.</summary>
    internal static byte[] Measurement(string metric)
    {
        var bytes = new byte[MaxText(metric)];
        var line = new LineWriter(bytes);
        WriteMeasurement(ref line, metric);
        return bytes[..line.Length];
    }

    private static void WriteMeasurement(ref LineWriter line, string metric)
    {
        // What begins with # is a comment, and blanks before a line are skipped.
        if (metric.Length == 0 || metric[0] is '#' or < ' ') line.Raw("metric_"u8);
        line.Text(metric, ", "u8);
    }

    private static void WriteLabel(ref LineWriter line, KeyValuePair<string, string> label)
    {
        var (name, text) = label;
        if (text.Length == 0) return;
        if (name is "" or "window" or "time" or "_field" or "_measurement") WriteTag(ref line, "label_", text, name);
        else WriteTag(ref line, name, text);
    }

    private static void WriteTag(ref LineWriter line, string name, string text, string rest = "")
    {
        if (text.Length == 0) return;
        line.Raw(","u8);
        line.Text(name, ",= "u8);
        line.Text(rest, ",= "u8);
        line.Raw("="u8);
        line.Text(text, ",= "u8);
    }

    private static void WriteField(ref LineWriter line, ReadOnlySpan<byte> name, double value)
    {
        if (!double.IsFinite(value)) return;
        line.Raw(name);
        line.Number(value);
    }

    private static void WriteCount(ref LineWriter line, ReadOnlySpan<byte> name, long? value)
    {
        if (value is not { } number) return;
        line.Raw(name);
        line.Number(number);
        line.Raw("i"u8);
    }

    /// <summary>What only some windows ask for.</summary>
    private static void WriteFurther(ref LineWriter line, WindowResult result)
    {
        WriteField(ref line, ",standard_deviation="u8, result.StandardDeviation ?? double.NaN);
        WriteField(ref line, ",increase="u8, result.Increase ?? double.NaN);
        WriteField(ref line, ",increase_rate="u8, result.IncreaseRate ?? double.NaN);
        WriteField(ref line, ",ewma="u8, result.Ewma ?? double.NaN);
        WriteField(ref line, ",baseline="u8, result.Baseline ?? double.NaN);
        WriteField(ref line, ",change="u8, result.Change ?? double.NaN);
        WriteCount(ref line, ",baseline_days="u8, result.BaselineDays);
        WriteCount(ref line, ",distinct="u8, result.Distinct);
        if (result.Above is null) return;
        foreach (var (threshold, share) in result.Above)
        {
            if (!double.IsFinite(share)) continue;
            line.Raw(",above_"u8);
            line.Text(threshold, ",= "u8);
            line.Raw("="u8);
            line.Number(share);
        }
    }

    private static void WriteQuantiles(ref LineWriter line, IReadOnlyDictionary<string, double> quantiles)
    {
        // A dictionary itself is gone through without allocating; its interface is not.
        foreach (var (rank, value) in quantiles as Dictionary<string, double> ?? new Dictionary<string, double>(quantiles))
        {
            if (!double.IsFinite(value)) continue;
            line.Raw(",p"u8);
            WritePercent(ref line, rank);
            line.Raw("="u8);
            line.Number(value);
        }
    }

    /// <summary><c>0.5</c> as 50, <c>0.05</c> as 5, <c>0.999</c> as 99.9; anything else as it is.</summary>
    private static void WritePercent(ref LineWriter line, string rank)
    {
        if (rank.Length < 3 || !rank.StartsWith("0.", StringComparison.Ordinal))
        {
            line.Text(rank, ",= "u8);
            return;
        }
        if (rank[2] != '0') line.Text(rank.AsSpan(2, 1), ",= "u8);
        if (rank.Length == 3) line.Raw("0"u8);
        else line.Text(rank.AsSpan(3, 1), ",= "u8);
        if (rank.Length <= 4) return;
        line.Raw("."u8);
        line.Text(rank.AsSpan(4), ",= "u8);
    }

    private static int MaxLength(WindowResult result)
    {
        var length = MaxText(result.Metric) + MaxText(result.Window) + NumberFields * (LineWriter.Slack + LineWriter.MaxNumber);
        for (var i = 0; i < result.Labels.Count; i++) length += MaxText(result.Labels[i].Key) + MaxText(result.Labels[i].Value);
        if (result.Quantiles is Dictionary<string, double> quantiles)
            foreach (var (rank, _) in quantiles) length += MaxText(rank) + LineWriter.MaxNumber;
        else
            foreach (var (rank, _) in result.Quantiles) length += MaxText(rank) + LineWriter.MaxNumber;
        if (result.Above is null) return length;
        foreach (var (threshold, _) in result.Above) length += MaxText(threshold) + LineWriter.MaxNumber;
        return length;
    }

    private static int MaxText(string text) => 3 * text.Length + LineWriter.Slack;
}
