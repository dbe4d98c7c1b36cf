using System.Text.Json.Nodes;

namespace Pipeline.Sinks.Grafana;

/// <summary>What each kind of panel has of its own.</summary>
internal static class PanelOptionsJson
{
    public static JsonObject Of(Panel panel) => panel.Kind switch
    {
        PanelKind.TimeSeries => new JsonObject { ["legend"] = Legend(panel), ["tooltip"] = new JsonObject { ["mode"] = "multi", ["sort"] = "desc" } },
        PanelKind.Stat => new JsonObject
        {
            ["reduceOptions"] = LastValue(), ["colorMode"] = panel.Words.Count > 0 ? "background" : "value", ["graphMode"] = "none", ["justifyMode"] = "auto", ["orientation"] = "auto",
            ["textMode"] = "auto", ["wideLayout"] = true, ["showPercentChange"] = false, ["percentChangeColorMode"] = "standard",
        },
        PanelKind.BarGauge => new JsonObject
        {
            ["reduceOptions"] = LastValue(), ["displayMode"] = "gradient", ["orientation"] = "horizontal", ["showUnfilled"] = true, ["valueMode"] = "color", ["namePlacement"] = "auto",
            ["sizing"] = "auto", ["minVizWidth"] = 8, ["minVizHeight"] = 16, ["maxVizHeight"] = 60,
            ["legend"] = new JsonObject { ["showLegend"] = false, ["displayMode"] = "hidden", ["placement"] = "right", ["calcs"] = new JsonArray() },
        },
        PanelKind.StateTimeline => new JsonObject
        {
            ["mergeValues"] = true, ["showValue"] = "auto", ["alignValue"] = "left", ["rowHeight"] = 0.9, ["legend"] = Legend(panel),
            ["tooltip"] = new JsonObject { ["mode"] = "single", ["sort"] = "none" },
        },
        _ => new JsonObject { ["showHeader"] = true, ["cellHeight"] = "sm", ["frameIndex"] = 0 },
    };

    /// <summary>Without the time, which is the beginning of the range for every row, and with the columns in their order.</summary>
    public static JsonArray Transformations(Panel panel)
    {
        if (panel.Matrix is { } matrix)
            return [Transformation("groupingToMatrix", new JsonObject { ["columnField"] = matrix.Column, ["rowField"] = matrix.Row, ["valueField"] = matrix.Value, ["emptyValue"] = "null" })];
        var order = new JsonObject();
        foreach (var (name, index) in panel.Columns.Select((c, i) => (c.Name, i))) order[name] = index;
        return [Transformation("organize", new JsonObject { ["excludeByName"] = new JsonObject { ["Time"] = true }, ["indexByName"] = order, ["renameByName"] = new JsonObject() })];
    }

    private static JsonObject Transformation(string id, JsonObject options) => new() { ["id"] = id, ["options"] = options };

    private static JsonObject LastValue() => new() { ["calcs"] = new JsonArray("lastNotNull"), ["fields"] = "", ["values"] = false };

    private static JsonObject Legend(Panel panel) => new()
    {
        ["showLegend"] = panel.Kind == PanelKind.TimeSeries, ["displayMode"] = "list", ["placement"] = "bottom", ["calcs"] = new JsonArray(),
    };
}
