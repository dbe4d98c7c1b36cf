using System.Net;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests;

public sealed class MergedEndpointTests : IAsyncLifetime
{
    private readonly LiveServer _server = new();

    [Fact]
    public async Task Results_of_several_places_and_times_are_one_with_quantiles_of_all_samples()
    {
        await _server.Log.Append(new("windows", 0), Result("a", Some.Now, 1, 2), Result("a", Some.Now - 10_000, 3, 100), Result("a", Some.Now - 10_000, 3, 4) with { Revision = 2 });
        await _server.Log.Append(new("windows", 1), Result("b", Some.Now, 5, 6), Result("b", Some.Now, 9) with { Window = "queue" });
        var (_, body) = await Get("window=load");

        var group = Assert.Single(body.GetProperty("groups").EnumerateArray());
        Assert.Equal((3, 6, 1.0, 6.0, 3.5), (Int(group, "results"), Int(group, "count"), Double(group, "min"), Double(group, "max"), Double(group, "mean")));
        Assert.Equal(3, group.GetProperty("quantiles").GetProperty("0.5").GetDouble());
        Assert.Equal(1, Double(group, "standardDeviation"), 0.8);
        Assert.Equal(("2025-12-31T23:59:40.000Z", "2026-01-01T00:00:00.000Z"), (group.GetProperty("start").GetString(), group.GetProperty("end").GetString()));
        Assert.Equal(0, Int(body.GetProperty("leftOut"), "overlapping"));
    }

    [Fact]
    public async Task Labels_that_are_named_are_kept_apart()
    {
        await _server.Log.Append(new("windows", 0), Result("a", Some.Now, 1), Result("b", Some.Now, 5), Result("a", Some.Now - 10_000, 3));
        var (_, body) = await Get("window=load&by=host");
        Assert.Equal([("a", 2), ("b", 1)], body.GetProperty("groups").EnumerateArray().Select(g => (g.GetProperty("labels").GetProperty("host").GetString(), Int(g, "count"))));
    }

    [Fact]
    public async Task Ends_outside_the_time_are_left_out_and_an_hour_is_meant_unless_given()
    {
        const long hours = 3_600_000;
        await _server.Log.Append(new("windows", 0), Result("a", Some.Now - 3 * hours, 1), Result("a", Some.Now - hours, 2), Result("a", Some.Now, 4));
        Assert.Equal(6, await Sum("window=load"));
        Assert.Equal(7, await Sum("window=load&from=0"));
        Assert.Equal(7, await Sum("window=load&metric=load.value&from=0"));
        Assert.Equal(2, await Sum($"window=load&from={Some.Now - 2 * hours}&to={Some.Now - 1}"));
    }

    [Fact]
    public async Task Record_that_is_no_result_is_counted()
    {
        await _server.Log.Append(new("windows", 0), Result("a", Some.Now, 1), Result("b", Some.Now, 1) with { Sketch = [7] }, Result("c", Some.Now, 1) with { Sketch = [] });
        await (await _server.Log.OpenAsync("test", default)).Append(new("windows", 0), "k", "{}");
        foreach (var strange in (string[])["[1]", "7", "", "{\"window\":8}", "{\"window\":\"other\"}"]) await (await _server.Log.OpenAsync("test", default)).Append(new("windows", 1), "k", strange);
        var left = (await Get("window=load&by=host")).Body.GetProperty("leftOut");
        Assert.Equal((6, 1), (Int(left, "unreadable"), Int(left, "withoutSketch")));
    }

    [Theory]
    [InlineData("", HttpStatusCode.NotFound, "No window is named.")]
    [InlineData("window=lod", HttpStatusCode.NotFound, "There is no window 'lod'.")]
    [InlineData("window=load&by=region", HttpStatusCode.BadRequest, "Results of 'load' have no label 'region'.")]
    [InlineData("window=load&metric=queue.depth", HttpStatusCode.BadRequest, "'load' is not over the metric 'queue.depth'.")]
    [InlineData("window=load&from=2&to=1", HttpStatusCode.BadRequest, "'from' is later than 'to'.")]
    [InlineData("window=load&to=-9223372036854775808", HttpStatusCode.BadRequest, "'from' is later than 'to'.")]
    [InlineData("window=load&b=host", HttpStatusCode.BadRequest, "Unknown parameter 'b'.")]
    public async Task What_cannot_be_answered_is_refused_with_a_remedy(string query, HttpStatusCode status, string error)
    {
        var (code, body) = await Get(query);
        Assert.Equal((status, error), (code, body.GetProperty("error").GetString()));
        Assert.NotEmpty(body.GetProperty("remedy").GetString()!);
    }

    public Task InitializeAsync() => _server.InitializeAsync();
    public Task DisposeAsync() => _server.DisposeAsync();

    /// <summary>As the window itself publishes it.</summary>
    private static WindowResult Result(string host, long end, params double[] values)
    {
        var driver = new Testing.WindowDriver(new WindowOptions { Name = "load", Metric = "load.value", By = ["host"], Size = TimeSpan.FromSeconds(10), Statistics = new() { StandardDeviation = true } });
        foreach (var value in values) driver.Sample(end - 1, value, $"host={host}");
        return driver.Advance(end).Single();
    }

    private async Task<double> Sum(string query) => Double(Assert.Single((await Get(query)).Body.GetProperty("groups").EnumerateArray()), "sum");

    private async Task<(HttpStatusCode Code, JsonElement Body)> Get(string query)
    {
        using var response = await _server.Client.GetAsync(new Uri("/api/windows/merged?" + query, UriKind.Relative));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, body.RootElement.Clone());
    }

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();
    private static double Double(JsonElement of, string name) => of.GetProperty(name).GetDouble();
}
