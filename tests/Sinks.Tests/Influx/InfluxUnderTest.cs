using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Pipeline.Sinks.Influx;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>
/// A writer and what it writes to. There is one of each kind here, and one more for a real InfluxDB 2, if
/// <c>PIPELINE_TEST_INFLUX2=url,org,bucket,token</c> names one.
/// </summary>
internal sealed class InfluxUnderTest(IInfluxWriter writer, Func<string, Task<JsonElement>> query, params IAsyncDisposable[] owned) : IAsyncDisposable
{
    private const string Database = "pipe";
    private const string User = "u", Password = "p";
    private const string Given = "a given InfluxDB 2";
    private static readonly string[]? Address = Environment.GetEnvironmentVariable("PIPELINE_TEST_INFLUX2")?.Split(',');

    /// <summary>Those whose server is ours to kill.</summary>
    public static IReadOnlyList<string> Own { get; } = ["/write", "/api/v2/write", "/api/v2/write without org", .. InfluxWriters.HasClient ? ["InfluxDB.Client"] : Array.Empty<string>()];

    public static IReadOnlyList<string> All { get; } = [.. Own, .. Address is null ? [] : GivenOnes()];

    public InfluxServer? Server { get; private init; }

    /// <param name="exists">Whether there is a database.</param>
    /// <param name="isKnown">Whether the server knows password or token.</param>
    public static async Task<InfluxUnderTest> OpenAsync(string kind, bool exists = true, bool isKnown = true)
    {
        if (kind.StartsWith(Given, StringComparison.Ordinal)) return OpenGiven(kind, exists, isKnown);
        string[] databases = exists ? [Database] : [];
        var server = await (kind == "/write" ? InfluxServer.StartForAsync(User, Password, databases) : InfluxServer.StartAsync(databases));
        var standIn = await InfluxStandIn.StartAsync(server.Address, needsOrg: kind != "/api/v2/write without org");
        var options = Options(kind, kind == "/write" ? server.Address.ToString() : standIn.Address, isKnown);
        return new InfluxUnderTest(InfluxWriters.Create(options, TimeProvider.System), query => server.QueryAsync(Database, query), standIn, server) { Server = server };
    }

    public static InfluxUnderTest OpenNobody(string kind) =>
        new(InfluxWriters.Create(Options(kind, "http://127.0.0.1:9", isKnown: true), TimeProvider.System), _ => throw new InvalidOperationException("There is nobody to ask."));

    public Task<InfluxAnswer> WriteAsync(string lines) => writer.WriteAsync(Encoding.UTF8.GetBytes(lines), default);

    /// <summary>The rows of a query of one series.</summary>
    public async Task<IReadOnlyList<JsonElement>> RowsAsync(string text) =>
        (await query(text)).TryGetProperty("series", out var series) ? [.. series[0].GetProperty("values").EnumerateArray()] : [];

    public async ValueTask DisposeAsync()
    {
        (writer as IDisposable)?.Dispose();
        foreach (var one in owned) await one.DisposeAsync();
    }

    private static InfluxOptions Options(string kind, string url, bool isKnown)
    {
        var version2 = new InfluxOptions { Url = url, Bucket = Database, Org = "o", Token = isKnown ? InfluxStandIn.Token : "unknown" };
        return kind switch
        {
            "/write" => new InfluxOptions { Url = url, Database = Database, User = User, Password = isKnown ? Password : "unknown" },
            "/api/v2/write" => version2 with { Gzip = true },
            "/api/v2/write without org" => version2 with { Bucket = null, Database = Database, Org = null },
            _ => version2 with { Sender = InfluxSender.Client },
        };
    }

    private static string[] GivenOnes() => InfluxWriters.HasClient ? [Given, Given + " by InfluxDB.Client"] : [Given];

    private static InfluxUnderTest OpenGiven(string kind, bool exists, bool isKnown)
    {
        var (url, org, bucket, token) = (Address![0].TrimEnd('/'), Address[1], Address[2], Address[3]);
        var options = new InfluxOptions { Url = url, Org = org, Bucket = exists ? bucket : "no-such-bucket", Token = isKnown ? token : "unknown", Sender = kind == Given ? InfluxSender.Http : InfluxSender.Client };
        return new InfluxUnderTest(InfluxWriters.Create(options, TimeProvider.System), async query =>
        {
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", token);
            var answer = await client.GetStringAsync(new Uri($"{url}/query?db={Uri.EscapeDataString(bucket)}&epoch=ns&q={Uri.EscapeDataString(query)}"));
            return JsonDocument.Parse(answer).RootElement.GetProperty("results")[0];
        });
    }
}
