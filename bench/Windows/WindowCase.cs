using System.Globalization;
using Pipeline.Processing;

namespace Pipeline.Bench.Windows;

/// <summary>A density and a window. Seconds.</summary>
public sealed record WindowCase(string Density, int Size, int Slide)
{
    public static IReadOnlyList<WindowCase> All { get; } =
    [
        new("A", 10, 10), new("A", 60, 10), new("A", 300, 10),
        new("B", 10, 10), new("B", 60, 10), new("B", 300, 10),
    ];

    public int Series => Density == "A" ? 1_000 : 100_000;

    /// <summary>Samples per second of event time, over all series.</summary>
    public int Rate => Density == "A" ? 1_000 : 10_000;

    public int Samples => Density == "B" && Size == 300 ? 6_000_000 : 4_000_000;
    public string Window => string.Create(CultureInfo.InvariantCulture, $"{Size}s/{Slide}s");

    public static WindowCase Parse(string text) => All.Single(c => c.ToString() == text);

    /// <summary>The cases that the words of a command line name; all where they name none.</summary>
    public static IReadOnlyList<WindowCase> Chosen(string[] args, IEnumerable<WindowCase> of)
    {
        var all = of.ToList();
        return all.Where(c => args.Contains(c.ToString())).ToList() is { Count: > 0 } chosen ? chosen : all;
    }

    public WindowOptions Options(bool sketch) => new()
    {
        Name = "w", Metric = "bench.value", By = ["*"], Size = TimeSpan.FromSeconds(Size), Slide = TimeSpan.FromSeconds(Slide), MaxGroups = 1_000_000, Sketch = sketch,
    };

    public override string ToString() => Density + "/" + Window;
}
