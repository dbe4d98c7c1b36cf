using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

public sealed partial class DashboardTests(FilledInflux influx) : IClassFixture<FilledInflux>
{
    private static readonly IReadOnlyList<JsonNode> Dashboards =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "grafana", "dashboards"), "*.json").Order().Select(f => JsonNode.Parse(File.ReadAllText(f))!)];

    [InfluxFact]
    public async Task Every_query_of_every_panel_returns_data()
    {
        var queries = Dashboards.SelectMany(d => Targets(d).Select(t => Expand(t.Query, t.Interval, d))).Distinct().ToList();

        Assert.InRange(queries.Count, 100, int.MaxValue);
        Assert.Empty(await influx.WithoutDataAsync(queries));
    }

    [InfluxFact]
    public async Task Every_variable_has_texts_to_choose_from() =>
        Assert.Empty(await influx.WithoutDataAsync([.. Dashboards.SelectMany(Variables).Select(v => v["query"]!.GetValue<string>()).Distinct()]));

    [InfluxFact]
    public async Task What_a_variable_chooses_at_first_is_among_its_texts()
    {
        var chosen = Dashboards.SelectMany(Variables).Where(v => !v["multi"]!.GetValue<bool>() && v["name"]!.GetValue<string>() == "window");

        Assert.Empty(await influx.WithoutDataAsync([.. chosen.Select(v => $"{v["query"]} WHERE \"window\" = '{v["current"]!["value"]}'").Distinct()]));
    }

    [InfluxFact]
    public async Task Every_query_that_the_documents_show_returns_data()
    {
        var queries = Query().Matches(Repository.Read("docs/influx.md")).Select(m => m.Groups[1].Value).ToList();

        Assert.InRange(queries.Count, 2, int.MaxValue);
        Assert.Empty(await influx.WithoutDataAsync(queries));
    }

    private static IEnumerable<(string Query, string Interval)> Targets(JsonNode dashboard) => dashboard["panels"]!.AsArray()
        .SelectMany(p => p!["type"]!.GetValue<string>() == "row" ? p["panels"]!.AsArray() : new JsonArray(p.DeepClone()))
        .SelectMany(p => p!["targets"]!.AsArray().Select(t => (t!["query"]!.GetValue<string>(), p["interval"]!.GetValue<string>())));

    private static IEnumerable<JsonNode> Variables(JsonNode dashboard) => dashboard["templating"]!["list"]!.AsArray().Select(v => v!);

    /// <summary>As Grafana does: macros by the server, variables by the browser.</summary>
    private static string Expand(string query, string interval, JsonNode dashboard)
    {
        query = query.Replace("$timeFilter", "time >= now() - 15m AND time <= now()", StringComparison.Ordinal).Replace("$__interval", interval, StringComparison.Ordinal);
        foreach (var variable in Variables(dashboard))
        {
            var chosen = variable["multi"]!.GetValue<bool>() ? variable["allValue"]! : variable["current"]!["value"]!;
            query = query.Replace($"${variable["name"]}", chosen.GetValue<string>(), StringComparison.Ordinal);
        }
        return query;
    }

    [GeneratedRegex("```sql\n(.+?)\n```", RegexOptions.Singleline)]
    private static partial Regex Query();
}
