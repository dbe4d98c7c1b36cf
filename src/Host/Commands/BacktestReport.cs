using System.Globalization;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Host.Commands;

/// <summary>What two configurations make of one recording.</summary>
internal sealed record BacktestReport(
    IReadOnlyList<string> Unchanged, IReadOnlyList<string> Removed, IReadOnlyList<string> Added, IReadOnlyCollection<WindowComparison> Windows, LateSamples Late)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n" };

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    public void Write(TextWriter to)
    {
        to.WriteLine($"unchanged: {List(Unchanged)}");
        to.WriteLine($"removed:   {List(Removed)}");
        to.WriteLine($"added:     {List(Added)}");
        to.WriteLine();
        to.WriteLine($"{"window",-28}{"same",12}{"different",12}{"only old",12}{"only new",12}{"late old",12}{"late new",12}");
        foreach (var w in Windows)
            to.WriteLine(Text($"{w.Window,-28}{w.Same,12:N0}{w.Different,12:N0}{w.OnlyOld,12:N0}{w.OnlyNew,12:N0}{Late.Old.GetValueOrDefault(w.Window),12:N0}{Late.New.GetValueOrDefault(w.Window),12:N0}"));
        foreach (var w in Windows.Where(w => w.Examples.Count > 0))
        {
            to.WriteLine();
            to.WriteLine(w.Window);
            foreach (var (name, figure) in w.Figures)
                to.WriteLine(Text($"  {name,-10} differs in {figure.Results:N0} results, {(figure.Largest is { } most ? Text($"by up to {most:P1}") : "and only one side has it")}"));
            foreach (var example in w.Examples) to.WriteLine($"  {example.End} {example.Metric} {{{example.Labels}}} {Text(example)}");
        }
    }

    private static string Text(ResultExample example) => example.Only is { } only
        ? $"only {only}: " + string.Join(", ", example.Figures.Select(f => Text($"{f.Key} {f.Value.Old ?? f.Value.New:G6}")))
        : example.Figures.Count == 0 ? "begins at another time"
        : string.Join(", ", example.Figures.Select(f => Text($"{f.Key} {Number(f.Value.Old)} -> {Number(f.Value.New)}")));

    private static string Number(double? number) => number is { } n ? Text($"{n:G6}") : "none";
    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How many samples came too late, by window.</summary>
internal sealed record LateSamples(IReadOnlyDictionary<string, long> Old, IReadOnlyDictionary<string, long> New)
{
    private const string Account = "window ";

    public static LateSamples Of(Ledger old, Ledger @new) => new(Of(old), Of(@new));

    private static Dictionary<string, long> Of(Ledger ledger) =>
        ledger.Read().Where(e => e.Name.StartsWith(Account, StringComparison.Ordinal)).ToDictionary(e => e.Name[Account.Length..], e => e.Late);
}
