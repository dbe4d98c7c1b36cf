namespace Pipeline.Sinks.Grafana;

/// <summary>A dashboard as it is laid out: rows from top to bottom, in each the panels from left to right.</summary>
/// <param name="Uid">In its address and in the name of its file.</param>
public sealed record Dashboard(string Uid, string Title, string Description, IReadOnlyList<Variable> Variables, IReadOnlyList<DashboardRow> Rows);

/// <param name="IsCollapsed">Its panels ask nothing until somebody opens it.</param>
public sealed record DashboardRow(string Title, IReadOnlyList<Panel> Panels, bool IsCollapsed = false);
