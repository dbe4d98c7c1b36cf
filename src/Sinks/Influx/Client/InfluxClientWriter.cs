using System.Globalization;
using System.Text;
using InfluxDB.Client;
using InfluxDB.Client.Api.Domain;
using RestSharp;

namespace Pipeline.Sinks.Influx;

/// <summary>
/// Sends our lines through the package InfluxDB.Client, by its asynchronous interface: the batching one acknowledges nothing. It knows only
/// <c>/api/v2/write</c>.
/// </summary>
public sealed class InfluxClientWriter : IInfluxWriter, IDisposable
{
    /// <summary>The package insists on an organisation; version 3 has none and does not look at it.</summary>
    private const string NoOrg = "-";

    private readonly InfluxDBClient _client;
    private readonly WriteApiAsync _write;
    private readonly string _bucket;
    private readonly string _org;

    public InfluxClientWriter(InfluxOptions options)
    {
        (_bucket, _org) = (options.Version2Bucket!, string.IsNullOrEmpty(options.Org) ? NoOrg : options.Org);
        var builder = InfluxDBClientOptions.Builder.CreateNew().Url(options.Url).TimeOut(options.Timeout);
        _client = new InfluxDBClient((options.Token is { } token ? builder.AuthenticateToken(token) : builder).Build());
        if (options.Gzip) _client.EnableGzip();
        _write = _client.GetWriteApiAsync();
    }

    public async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken abort)
    {
        var response = await _write.WriteRecordsAsyncWithIRestResponse([Encoding.UTF8.GetString(lines.Span)], WritePrecision.Ms, _bucket, _org, abort);
        abort.ThrowIfCancellationRequested();
        return response.StatusCode == 0
            ? new InfluxAnswer(InfluxOutcome.Unavailable, response.ErrorException?.InnerException?.Message ?? response.ErrorMessage ?? "no answer")
            : InfluxWords.Read((int)response.StatusCode, response.Content ?? "", RetryAfter(response));
    }

    public void Dispose() => _client.Dispose();

    /// <summary>A date is left to our own waiting.</summary>
    private static TimeSpan? RetryAfter(RestResponse response) =>
        int.TryParse(response.Headers?.FirstOrDefault(h => h.Name == "Retry-After")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}
