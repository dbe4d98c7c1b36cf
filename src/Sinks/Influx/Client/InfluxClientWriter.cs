using System.Text;
using InfluxDB.Client;
using InfluxDB.Client.Api.Domain;
using InfluxDB.Client.Core.Exceptions;

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
        try
        {
            await _write.WriteRecordsAsync([Encoding.UTF8.GetString(lines.Span)], WritePrecision.Ms, _bucket, _org, abort);
            return InfluxAnswer.Stored;
        }
        catch (HttpException e)
        {
            abort.ThrowIfCancellationRequested();
            var body = e.ErrorBody is { Count: > 0 } json ? json.ToString() : e.InnerException?.Message ?? e.Message;
            return InfluxWords.Read(e.Status, body, e.RetryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        }
        catch (FormatException)
        {
            return new InfluxAnswer(InfluxOutcome.Unavailable, "InfluxDB.Client cannot read the date in Retry-After");
        }
    }

    public void Dispose() => _client.Dispose();
}
