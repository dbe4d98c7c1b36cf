using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Pipeline.Sinks.Influx;

/// <summary>Speaks InfluxDB's own HTTP: <c>/write</c> of version 1, <c>/api/v2/write</c> of versions 2 and 3.</summary>
public sealed class InfluxHttpWriter : IInfluxWriter, IDisposable
{
    /// <summary>Servers echo every bad line; nobody needs all of that.</summary>
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly InfluxOptions _options;
    private readonly TimeProvider _time;
    private readonly Uri _address;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly HttpClient _client;
    private volatile bool _asksFirst;

    public InfluxHttpWriter(InfluxOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        var query = options.Version2Bucket is { } bucket
            ? $"/api/v2/write?bucket={Uri.EscapeDataString(bucket)}&precision=ms{(options.Org is { } org ? $"&org={Uri.EscapeDataString(org)}" : "")}"
            : $"/write?db={Uri.EscapeDataString(options.Database!)}&precision=ms";
        _address = new Uri(options.Url.TrimEnd('/') + query);
        if (options.Token is { } token) _authorization = new AuthenticationHeaderValue("Token", token);
        else if (options.User is { } user) _authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Password}")));
        _client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan }; // its own ends with the headers of the answer
    }

    public async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken abort)
    {
        using var request = Request(lines);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(abort);
        end.CancelAfter(_options.Timeout);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end.Token);
            var body = response.IsSuccessStatusCode ? "" : await ReadAsync(response.Content, end.Token);
            _asksFirst = false;
            return InfluxWords.Read((int)response.StatusCode, body, RetryAfter(response.Headers.RetryAfter));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Unavailable(e.InnerException?.Message ?? e.Message);
        }
        catch (OperationCanceledException) when (!abort.IsCancellationRequested)
        {
            return Unavailable($"no answer within {_options.Timeout.TotalSeconds:0.#} s");
        }
    }

    public void Dispose() => _client.Dispose();

    private InfluxAnswer Unavailable(string words)
    {
        _asksFirst = true;
        return new InfluxAnswer(InfluxOutcome.Unavailable, words);
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> lines)
    {
        var content = new ReadOnlyMemoryContent(_options.Gzip ? Zip(lines.Span) : lines);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
        if (_options.Gzip) content.Headers.ContentEncoding.Add("gzip");
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
        request.Headers.Authorization = _authorization;
        // A server that refuses a body early answers and closes while it is still being sent, and the answer is lost with the connection.
        request.Headers.ExpectContinue = _asksFirst;
        return request;
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? header?.Date - _time.GetUtcNow();

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken abort)
    {
        await using var stream = await content.ReadAsStreamAsync(abort);
        var bytes = new byte[MaxAnswerBytes];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, abort);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static ReadOnlyMemory<byte> Zip(ReadOnlySpan<byte> lines)
    {
        var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(lines);
        return zipped.GetBuffer().AsMemory(0, (int)zipped.Length);
    }
}
