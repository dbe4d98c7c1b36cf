using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>Results with names and texts that are hard to write, and how they are stored.</summary>
internal static class RandomResults
{
    private static readonly Gen<string> Text =
        Gen.Elements("a", "Z", "7", " ", ",", "=", "\\", "\"", "#", "\n", "\t", "\r", "é", "漢", "🛰", "_", ".", "'", "time", "window")
            .ListOf().Select(parts => string.Concat(parts.Take(8)));

    private static readonly Gen<double> Number = Gen.Frequency(
        (4, ArbMap.Default.GeneratorFor<double>()), (1, Gen.Elements(0, -0.0, double.Epsilon, double.MaxValue, double.MinValue, 1e16, 1e-7, double.NaN)));

    public static Gen<WindowResult> Any { get; } =
        from metric in Text
        from window in Text
        from labels in Text.Two().ListOf()
        from numbers in Number.ArrayOf(9)
        from count in Gen.Choose(1, int.MaxValue)
        from end in Gen.Choose(1, int.MaxValue)
        where labels.Select(l => Tag(l.Item1)).Append("window").Distinct().Count() == labels.Count + 1
        select Some.Result() with
        {
            Metric = metric, Window = window, Labels = LabelSet.Of(labels.Take(6).Select(l => KeyValuePair.Create(l.Item1, l.Item2))), Count = count,
            End = 1_700_000_000_000 + end, Sum = numbers[0], Min = numbers[1], Max = numbers[2], Mean = numbers[3], First = numbers[4], Last = numbers[5],
            Rate = numbers[6], Quantiles = new Dictionary<string, double> { ["0.5"] = numbers[7], ["0.999"] = numbers[8] },
        };

    /// <summary>What is to be read back, by the rules that the encoder states.</summary>
    public static string Stored(WindowResult r)
    {
        var metric = r.Metric.Length == 0 || r.Metric[0] is '#' or < ' ' ? "metric_" + r.Metric : r.Metric;
        var tags = r.Labels.Select(l => (Tag(l.Key), Clean(l.Value))).Append(("window", Clean(r.Window))).Where(t => t.Item2.Length > 0);
        (string, double)[] fields =
        [
            ("count", r.Count), ("sum", r.Sum), ("min", r.Min), ("max", r.Max), ("mean", r.Mean), ("first", r.First), ("last", r.Last),
            ("rate", r.Rate!.Value), ("p50", r.Quantiles["0.5"]), ("p99.9", r.Quantiles["0.999"]),
        ];
        return Describe(Clean(metric), r.End, LabelSet.Of([.. tags]), fields.Where(f => double.IsFinite(f.Item2)));
    }

    public static string Describe(Observation o) => Describe(o.Kind, o.Time, o.Labels, o.Values.Select(v => (v.Name, v.Value)));

    private static string Describe(string metric, long time, LabelSet tags, IEnumerable<(string Name, double Value)> fields) =>
        $"{metric} {time} {tags} {string.Join(' ', fields.Select(f => f.Name + "=" + f.Value.ToString("R", CultureInfo.InvariantCulture)))}";

    private static string Tag(string name) => Clean(name is "" or "window" or "time" or "_field" or "_measurement" ? "label_" + name : name);

    private static string Clean(string text)
    {
        var clean = string.Concat(text.Select(c => c < ' ' ? '_' : c));
        return clean.EndsWith('\\') ? clean + '_' : clean;
    }
}
