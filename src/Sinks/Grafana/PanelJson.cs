using System.Text.Json.Nodes;

namespace Pipeline.Sinks.Grafana;

/// <summary>Writes a panel in Grafana's classic JSON.</summary>
internal static class PanelJson
{
    /// <summary>Lines go on over what is missing for less than this; milliseconds.</summary>
    private const int LongestGap = 60_000;

    public static JsonObject Write(Panel panel, int id, JsonObject place)
    {
        var json = new JsonObject
        {
            ["id"] = id,
            ["type"] = Type(panel.Kind),
            ["title"] = panel.Title,
            ["description"] = panel.Description,
            ["datasource"] = DashboardJson.Source(),
            ["gridPos"] = place,
            ["interval"] = panel.Queries[0].Interval,
            ["fieldConfig"] = new JsonObject { ["defaults"] = Defaults(panel), ["overrides"] = new JsonArray([.. panel.Columns.Where(c => c.Unit is not null).Select(ColumnUnit)]) },
            ["options"] = PanelOptionsJson.Of(panel),
            ["targets"] = new JsonArray([.. panel.Queries.Select((query, i) => Target(query, panel.Kind, i))]),
        };
        if (panel.Kind == PanelKind.Table) json["transformations"] = PanelOptionsJson.Transformations(panel);
        return json;
    }

    private static string Type(PanelKind kind) => kind == PanelKind.StateTimeline ? "state-timeline" : kind.ToString().ToLowerInvariant();

    private static JsonObject Target(PanelQuery query, PanelKind kind, int index) => new()
    {
        ["refId"] = ((char)('A' + index)).ToString(),
        ["datasource"] = DashboardJson.Source(),
        ["query"] = query.Text,
        ["rawQuery"] = true,
        ["resultFormat"] = kind == PanelKind.Table ? "table" : "time_series",
        ["alias"] = query.Alias,
    };

    private static JsonObject Defaults(Panel panel)
    {
        var json = new JsonObject
        {
            ["unit"] = panel.Unit,
            ["color"] = new JsonObject { ["mode"] = panel.Kind is PanelKind.TimeSeries or PanelKind.Table ? "palette-classic" : "thresholds" },
            ["thresholds"] = Thresholds(panel.Thresholds),
            ["mappings"] = new JsonArray([.. panel.Words.Select(Mapping)]),
            ["custom"] = Custom(panel),
        };
        if (panel.Min is { } min) json["min"] = min;
        if (panel.Max is { } max) json["max"] = max;
        return json;
    }

    private static JsonObject Thresholds(IReadOnlyList<Threshold> thresholds) => new()
    {
        ["mode"] = "absolute",
        ["steps"] = new JsonArray([.. thresholds.DefaultIfEmpty(new Threshold("green")).Select(t => new JsonObject { ["color"] = t.Color, ["value"] = t.From })]),
    };

    private static JsonObject Mapping(Wording word, int index) => new()
    {
        ["type"] = "range",
        ["options"] = new JsonObject { ["from"] = word.From, ["to"] = word.To, ["result"] = new JsonObject { ["text"] = word.Text, ["color"] = word.Color, ["index"] = index } },
    };

    private static JsonObject Custom(Panel panel) => panel.Kind switch
    {
        PanelKind.TimeSeries => new JsonObject
        {
            ["drawStyle"] = "line", ["lineInterpolation"] = "linear", ["lineWidth"] = 1, ["fillOpacity"] = panel.IsStacked ? 40 : 8, ["showPoints"] = "never", ["spanNulls"] = LongestGap,
            ["stacking"] = new JsonObject { ["mode"] = panel.IsStacked ? "normal" : "none", ["group"] = "A" },
            ["thresholdsStyle"] = new JsonObject { ["mode"] = panel.Thresholds.Count > 1 ? "dashed" : "off" },
        },
        PanelKind.StateTimeline => new JsonObject { ["fillOpacity"] = 80, ["lineWidth"] = 0 },
        PanelKind.Table => new JsonObject { ["align"] = "auto", ["cellOptions"] = new JsonObject { ["type"] = "auto" }, ["filterable"] = true, ["inspect"] = false },
        _ => [],
    };

    private static JsonObject ColumnUnit((string Name, string? Unit) column) => new()
    {
        ["matcher"] = new JsonObject { ["id"] = "byName", ["options"] = column.Name },
        ["properties"] = new JsonArray(new JsonObject { ["id"] = "unit", ["value"] = column.Unit }),
    };
}
