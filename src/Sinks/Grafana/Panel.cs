namespace Pipeline.Sinks.Grafana;

/// <summary>The kinds of panels, in Grafana's words.</summary>
public enum PanelKind
{
    TimeSeries,
    Stat,
    Table,
    StateTimeline,
    BarGauge,
}

/// <summary>One panel.</summary>
public sealed record Panel(PanelKind Kind, string Title, string Description, string Unit, params PanelQuery[] Queries)
{
    /// <summary>In twenty-fourths of the dashboard.</summary>
    public int Width { get; init; } = 12;

    /// <summary>In Grafana's units of 30 pixels.</summary>
    public int Height { get; init; } = 8;

    public double? Min { get; init; } = 0;
    public double? Max { get; init; }
    public bool IsStacked { get; init; }

    /// <summary>The first is the colour of all that is below the second.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>Words in place of numbers.</summary>
    public IReadOnlyList<Wording> Words { get; init; } = [];

    /// <summary>Of a table: its columns from left to right, and the unit where it is another than the panel's.</summary>
    public IReadOnlyList<(string Name, string? Unit)> Columns { get; init; } = [];

    /// <summary>Of a table: the column whose texts become columns, the one whose texts become rows, and the one with the numbers.</summary>
    public (string Column, string Row, string Value)? Matrix { get; init; }
}

/// <param name="From">Null for the lowest.</param>
public sealed record Threshold(string Color, double? From = null);

/// <summary>The word for the numbers from one to another, both included.</summary>
public sealed record Wording(double From, double To, string Text, string Color);
