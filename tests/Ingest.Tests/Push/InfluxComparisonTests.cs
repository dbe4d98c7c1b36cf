using System.Globalization;
using System.Text;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Push;

public sealed class InfluxComparisonTests
{
    private static readonly string[] Odd =
    [
        "m v=1", "m  v=1", "m\tv=1", " \tm v=1", "m v=1  5  ", "m v=1 5\t", "m v=1 -5", "m v=1 +5", "m v=1 5.0", "m v=1 5 5", "m v=1 0x5",
        "m", "m ", ",a=b v=1", "m, v=1", "m,a v=1", "m,a= v=1", "m,=b v=1", "m,a=b, v=1", "m,a=b,,c=d v=1", "m,a=b=c v=1", "m,a=1,a=2 v=1",
        @"m,a=b\ v=1", @"m,a=b\,c=d v=1", @"m\ v=1", @"m\,a=b v=1", "m,b=1,a=2 v=1", "m,time=1 v=1", "m time=1", "m v", "m v=", "m v=,w=1",
        "m v=1,", "m v=1,,w=2", "m =1", "m v=1,=2", "m v==1", "m v=\"", "m v=1,s=\"a", "m v=1,s=\"a\\\"", "m v=1,s=\"a\\\\\"", "m v=1,s=\"\"",
        "m v=1,s=\"a\nb\" 5", "m v=1,s='a'", "m v=1,s=a", "m \"v=1\"=1", "m v=1.", "m v=.5", "m v=-.5", "m v=.", "m v=-", "m v=--1", "m v=+1",
        "m v=1e5", "m v=1E-5", "m v=1e+5", "m v=1e", "m v=e5", "m v=1e400", "m v=1e-400", "m v=1.2.3", "m v=01", "m v=1_0", "m v=0x10",
        "m v=NaN", "m v=nan", "m v=Inf", "m v=-Inf", "m v=1i", "m v=-0i", "m v=i", "m v=-i", "m v=1.0i", "m v=1e2i", "m v=9223372036854775807i",
        "m v=9223372036854775808i", "m v=-9223372036854775808i", "m v=t", "m v=T", "m v=true", "m v=True", "m v=TRUE", "m v=tRUE", "m v=tr",
        "m v=f", "m v=F", "m v=false", "m v=False", "m v=FALSE", "m v=no", "m v=1 9223372036854775806", "m v=1 9223372036854775807",
        "m v=1 -9223372036854775806", "m v=1 -9223372036854775807", "m v=1 99999999999999999999", "# m v=1", "  # m", "é,ü=ö ä=1", "", "\n\n",
    ];

    [InfluxFact]
    public async Task Lines_are_taken_and_refused_as_InfluxDB_does()
    {
        await using var influx = await InfluxServer.StartAsync("lines");
        var points = new RandomPoints(1);
        foreach (var line in Odd.Concat(Enumerable.Range(0, 600).Select(_ => points.Mutate(points.Next().Line))))
        {
            var ours = Refusal(line);
            var theirs = await influx.WriteAsync("lines", Encoding.UTF8.GetBytes(line));
            Assert.True((ours is null) == (theirs is null) || InfluxDifferences.Explain(line, ours), $"{line}\nours: {ours}\ntheirs: {theirs}");
        }
    }

    [InfluxFact]
    public async Task Every_deliberate_difference_is_one()
    {
        await using var influx = await InfluxServer.StartAsync("differences");
        foreach (var (line, reason) in InfluxDifferences.Stricter)
        {
            Assert.Equal(reason, Refusal(line));
            Assert.Null(await influx.WriteAsync("differences", Encoding.UTF8.GetBytes(line)));
        }
        foreach (var line in InfluxDifferences.Laxer)
        {
            Assert.Null(Refusal(line));
            Assert.NotNull(await influx.WriteAsync("differences", Encoding.UTF8.GetBytes(line)));
        }
    }

    [InfluxFact]
    public async Task What_is_read_is_what_InfluxDB_reads()
    {
        const int Count = 300;
        const long Start = 1_700_000_000_000_000_000;
        await using var influx = await InfluxServer.StartAsync("points");
        var points = new RandomPoints(2);
        var compared = 0;
        for (var i = 0; i < Count; i++)
        {
            var (point, text) = points.Next(kindSuffix: $"#{i}", at: Start + i * 1_000_000L);
            var line = Encoding.UTF8.GetBytes(text);
            if (InfluxDifferences.IsReadOtherwise(point) || await influx.WriteAsync("points", line) is not null) continue;
            var (report, batch) = Some.Read(line);
            Assert.Equal(1, report.Good);
            var name = point.Kind.Replace("\"", "\\\"", StringComparison.Ordinal);
            var theirs = await influx.QueryAsync("points", $"SELECT * FROM \"{name}\" GROUP BY *");
            Assert.Equal(DescribeSeries(theirs.GetProperty("series")[0]), Describe(JsonDocument.Parse(batch[0].Value.ToArray()).RootElement));
            compared++;
        }
        Assert.True(compared > Count / 2, $"Only {compared} points were left to compare.");
    }

    private static string? Refusal(string line)
    {
        var (report, _) = Some.Read(Encoding.UTF8.GetBytes(line));
        return report.Bad == 0 ? null : report.Described[0].Reason;
    }

    private static string Describe(JsonElement record)
    {
        var fields = record.GetProperty("values").EnumerateObject()
            .Concat(record.TryGetProperty("attributes", out var texts) ? texts.EnumerateObject() : Enumerable.Empty<JsonProperty>());
        return Describe(record.GetProperty("kind").GetString()!, record.GetProperty("time").GetInt64(), Texts(record.GetProperty("labels")),
            fields.Select(f => (f.Name, f.Value)));
    }

    private static string DescribeSeries(JsonElement series)
    {
        var columns = series.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!);
        var row = series.GetProperty("values").EnumerateArray().Single().EnumerateArray();
        return Describe(series.GetProperty("name").GetString()!, row.First().GetInt64() / 1_000_000,
            series.TryGetProperty("tags", out var tags) ? Texts(tags) : LabelSet.Empty, columns.Zip(row).Skip(1));
    }

    private static string Describe(string kind, long time, LabelSet labels, IEnumerable<(string Name, JsonElement Value)> fields) =>
        $"{kind} {time} {labels} " + string.Join(' ', fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f =>
            $"{f.Name}={(f.Value.ValueKind == JsonValueKind.String ? f.Value.GetString() : f.Value.GetDouble().ToString("R", CultureInfo.InvariantCulture))}"));

    private static LabelSet Texts(JsonElement texts) =>
        LabelSet.Of(texts.EnumerateObject().Select(t => KeyValuePair.Create(t.Name, t.Value.GetString()!)));
}
