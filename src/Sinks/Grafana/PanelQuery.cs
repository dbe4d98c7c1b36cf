namespace Pipeline.Sinks.Grafana;

/// <summary>A query of a panel.</summary>
/// <param name="Alias">The name of each line that it gives.</param>
/// <param name="Interval">How often there is something new to see; its points over time are not closer.</param>
public sealed record PanelQuery(string Text, string Alias, string Interval);

/// <summary>
/// Queries of the results of one window, in InfluxQL: versions 1, 2 and 3 answer it alike. Percentiles are never averaged: of several windows
/// the worst is shown.
/// </summary>
/// <param name="Window">A condition on the tag of that name.</param>
/// <param name="Interval">From one result to the next.</param>
public sealed record WindowQueries(string Window, string Interval, params string[] Conditions)
{
    /// <summary>With one more condition on a label.</summary>
    public WindowQueries Where(string label, string text) => this with { Conditions = [.. Conditions, $"\"{label}\" = '{text}'"] };

    /// <summary>With one more condition.</summary>
    public WindowQueries Where(string condition) => this with { Conditions = [.. Conditions, condition] };

    /// <summary>What is chosen in the variable of the windows, and in those of the labels' names.</summary>
    public WindowQueries Chosen(params string[] variables) => Among(variables) with { Window = "\"window\" =~ /^$window$/" };

    /// <summary>What is chosen in the variables of the labels' names, of this window.</summary>
    public WindowQueries Among(params string[] variables) =>
        this with { Conditions = [.. Conditions, .. variables.Select(v => $"\"{v}\" =~ /^${v}$/")] };

    /// <summary>Over time, a line for each combination of labels.</summary>
    public PanelQuery Over(string metric, string select, string alias, params string[] by) =>
        new($"{Select(metric, select)} GROUP BY {string.Join(", ", by.Select(Quoted).Prepend("time($__interval)"))} fill(null)", alias, Interval);

    /// <summary>One number for each combination of labels.</summary>
    public PanelQuery Now(string metric, string select, string alias, params string[] by) =>
        new(by.Length == 0 ? Select(metric, select) : $"{Select(metric, select)} GROUP BY {string.Join(", ", by.Select(Quoted))}", alias, Interval);

    /// <summary>One number for each combination of labels: the newest of every series, added up.</summary>
    /// <param name="of">What tells the series apart.</param>
    public PanelQuery Sum(string metric, string name, string[] of, params string[] by) =>
        new($"SELECT sum(\"{name}\") AS \"{name}\" FROM ({Now(metric, $"last(\"last\") AS \"{name}\"", "", of).Text}) GROUP BY {string.Join(", ", by.Select(Quoted))}", "", Interval);

    private string Select(string metric, string select) =>
        $"SELECT {select} FROM \"{metric}\" WHERE {string.Join(" AND ", [Window, .. Conditions, "$timeFilter"])}";

    private static string Quoted(string label) => label == "*" ? label : $"\"{label}\"";
}
