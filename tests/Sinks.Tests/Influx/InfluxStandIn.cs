using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Pipeline.Sinks.Tests.Influx;

/// <summary>
/// Answers <c>/api/v2/write</c> as InfluxDB 2.7.12 does and stores by a real InfluxDB 1: one malformed line and nothing is stored (400), a
/// conflict of types is a 422 and the others are stored. InfluxDB 3 takes the same without an organisation.
/// </summary>
internal sealed partial class InfluxStandIn : IAsyncDisposable
{
    public const string Token = "s3cret";

    private readonly HttpClient _influx;
    private readonly bool _needsOrg;
    private readonly WebApplication _app;

    private InfluxStandIn(Uri influx, bool needsOrg)
    {
        _needsOrg = needsOrg;
        _influx = new HttpClient { BaseAddress = influx };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRequestDecompression();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseRequestDecompression();
        _app.MapPost("/api/v2/write", WriteAsync);
    }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public static async Task<InfluxStandIn> StartAsync(Uri influx, bool needsOrg = true)
    {
        var standIn = new InfluxStandIn(influx, needsOrg);
        await standIn._app.StartAsync();
        return standIn;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _influx.Dispose();
    }

    private async Task<IResult> WriteAsync(HttpRequest request, string bucket, string? org, string precision)
    {
        if (request.Headers.Authorization != $"Token {Token}") return Problem(401, "unauthorized", "unauthorized access");
        if (_needsOrg && string.IsNullOrEmpty(org)) return Problem(400, "invalid", "Please provide either orgID or org");
        using var reader = new StreamReader(request.Body);
        var lines = await reader.ReadToEndAsync();
        var bad = lines.Split('\n').Where(l => l.Contains("=NaN", StringComparison.Ordinal)).ToList();
        if (bad.Count > 0) return Problem(400, "invalid", string.Join('\n', bad.Select(l => $"unable to parse '{l}': invalid number")));
        using var content = new StringContent(lines, Encoding.UTF8);
        using var answer = await _influx.PostAsync(new Uri($"/write?db={bucket}&precision={precision}", UriKind.Relative), content);
        var text = Unquoted().Replace(await answer.Content.ReadAsStringAsync(), "");
        return answer.StatusCode switch
        {
            HttpStatusCode.NoContent => Results.NoContent(),
            HttpStatusCode.NotFound => Problem(404, "not found", $"bucket \"{bucket}\" not found"),
            _ when text.Contains("partial write", StringComparison.Ordinal) => Problem(422, "unprocessable entity", "failure writing points to database: " + text),
            _ => Problem((int)answer.StatusCode, "internal error", text),
        };
    }

    private static IResult Problem(int status, string code, string message) => Results.Json(new { code, message }, statusCode: status);

    [GeneratedRegex("^\\{\"error\":\"|\"\\}\\s*$|\\\\(?=\")")]
    private static partial Regex Unquoted();
}
