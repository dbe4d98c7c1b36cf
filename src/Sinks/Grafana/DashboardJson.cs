using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Sinks.Grafana;

/// <summary>Writes a dashboard in Grafana's classic JSON, which versions 11 to 13 read.</summary>
public static class DashboardJson
{
    public const string DataSource = "pipeline-influxdb";

    private const int SchemaVersion = 41;
    private const int Columns = 24;
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="page">The address of the program's own page.</param>
    public static string Write(Dashboard dashboard, string page) => new JsonObject
    {
        ["uid"] = dashboard.Uid,
        ["title"] = dashboard.Title,
        ["description"] = dashboard.Description,
        ["tags"] = new JsonArray("pipeline"),
        ["schemaVersion"] = SchemaVersion,
        ["editable"] = true,
        ["graphTooltip"] = 1,
        ["timezone"] = "browser",
        ["time"] = new JsonObject { ["from"] = "now-15m", ["to"] = "now" },
        ["refresh"] = "10s",
        ["links"] = new JsonArray(Siblings(), Page(page)),
        ["templating"] = new JsonObject { ["list"] = new JsonArray([.. dashboard.Variables.Select(Write)]) },
        ["panels"] = Panels(dashboard.Rows),
    }.ToJsonString(Layout) + "\n";

    internal static JsonObject Source() => new() { ["type"] = "influxdb", ["uid"] = DataSource };

    private static JsonObject Siblings() => new()
    {
        ["title"] = "Dashboards", ["type"] = "dashboards", ["tags"] = new JsonArray("pipeline"), ["asDropdown"] = false, ["icon"] = "external link",
        ["includeVars"] = true, ["keepTime"] = true, ["targetBlank"] = false, ["tooltip"] = "", ["url"] = "",
    };

    private static JsonObject Page(string page) => new()
    {
        ["title"] = "Live page", ["type"] = "link", ["tags"] = new JsonArray(), ["asDropdown"] = false, ["icon"] = "external link",
        ["includeVars"] = false, ["keepTime"] = false, ["targetBlank"] = true, ["tooltip"] = "The program's own page, a second behind the world", ["url"] = page,
    };

    private static JsonObject Write(Variable variable)
    {
        var (text, value) = variable.IsMany ? (new JsonArray("All"), new JsonArray("$__all")) : ((JsonNode)variable.Default!, (JsonNode)variable.Default!);
        var json = new JsonObject
        {
            ["name"] = variable.Name, ["label"] = variable.Label, ["type"] = "query", ["datasource"] = Source(), ["query"] = variable.Query,
            ["refresh"] = 2, ["sort"] = 1, ["multi"] = variable.IsMany, ["includeAll"] = variable.IsMany, ["hide"] = 0, ["regex"] = "", ["skipUrlSync"] = false,
            ["current"] = new JsonObject { ["text"] = text, ["value"] = value }, ["options"] = new JsonArray(),
        };
        if (variable.IsMany) json["allValue"] = ".*";
        return json;
    }

    private static JsonArray Panels(IReadOnlyList<DashboardRow> rows)
    {
        var all = new JsonArray();
        var (id, y) = (0, 0);
        foreach (var row in rows)
        {
            var head = new JsonObject { ["id"] = ++id, ["type"] = "row", ["title"] = row.Title, ["collapsed"] = row.IsCollapsed, ["gridPos"] = Place(0, y++, Columns, 1), ["panels"] = new JsonArray() };
            all.Add(head);
            var inside = row.IsCollapsed ? (JsonArray)head["panels"]! : all;
            var (x, height, top) = (0, 0, y);
            foreach (var panel in row.Panels)
            {
                if (x + panel.Width > Columns) (x, top, height) = (0, top + height, 0);
                inside.Add(PanelJson.Write(panel, ++id, Place(x, top, panel.Width, panel.Height)));
                (x, height) = (x + panel.Width, Math.Max(height, panel.Height));
            }
            if (!row.IsCollapsed) y = top + height;
        }
        return all;
    }

    private static JsonObject Place(int x, int y, int width, int height) => new() { ["x"] = x, ["y"] = y, ["w"] = width, ["h"] = height };
}
