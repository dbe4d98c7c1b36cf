using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The figures of a result that only some windows ask for, each null where it was not asked for or its samples have none.</summary>
/// <param name="size">Of the window, milliseconds.</param>
public sealed class FurtherFigures(long size)
{
    public double? StandardDeviation { get; internal set; }
    public double? Increase { get; internal set; }

    /// <summary><see cref="Increase"/> per second of the window.</summary>
    public double? IncreaseRate => Increase is { } increase ? Summary.Finite(increase / size * 1000) : null;

    /// <summary>Shares, in the order of the thresholds.</summary>
    public IReadOnlyList<double>? Above { get; internal set; }
    public long? Distinct { get; internal set; }
    public double? Ewma { get; internal set; }

    /// <summary>The mean of all samples that the same window had on earlier days.</summary>
    public double? Baseline { get; internal set; }

    /// <summary>How far the window's mean lies above <see cref="Baseline"/>, as a share of it.</summary>
    public double? Change { get; internal set; }

    /// <summary>On how many of the days there were samples.</summary>
    public int? BaselineDays { get; internal set; }

    /// <summary>The states by their names, encoded; empty where results do not carry them.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> States { get; internal set; } = [];

    /// <summary>A result with these figures.</summary>
    /// <param name="thresholds">The names of the thresholds of <see cref="Above"/>.</param>
    internal WindowResult Of(WindowResult result, IEnumerable<string> thresholds) => result with
    {
        StandardDeviation = StandardDeviation, Increase = Increase, IncreaseRate = IncreaseRate,
        Above = Above is { } shares ? thresholds.Zip(shares).ToDictionary(t => t.First, t => t.Second) : null,
        Distinct = Distinct, Ewma = Ewma, Baseline = Baseline, Change = Change, BaselineDays = BaselineDays,
        States = States.Count == 0 ? null : States.ToDictionary(),
    };
}
