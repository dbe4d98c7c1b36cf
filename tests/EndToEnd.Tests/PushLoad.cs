using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Pipeline.EndToEnd.Tests;

/// <summary>
/// Pushes samples at a steady rate, each with a value of its own, and remembers which requests were acknowledged. A request is never sent
/// again: what was not acknowledged may be in the log or not, but whole or not at all.
/// </summary>
internal sealed class PushLoad(HttpClient http, int samplesPerSecond, int senders)
{
    public const int SamplesPerRequest = 500;

    private readonly ConcurrentDictionary<long, bool> _requests = [];
    private long _next;

    /// <summary>By request, whether it was acknowledged. Request r holds the values r * <see cref="SamplesPerRequest"/> and on.</summary>
    public IReadOnlyDictionary<long, bool> Requests => _requests;
    public long Acknowledged => _requests.Count(r => r.Value) * (long)SamplesPerRequest;

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, senders).Select(_ => SendAsync(stop)));

    private async Task SendAsync(CancellationToken stop)
    {
        var time = TimeProvider.System;
        var interval = TimeSpan.FromSeconds((double)SamplesPerRequest * senders / samplesPerSecond);
        var begun = time.GetTimestamp();
        for (var sent = 0; !stop.IsCancellationRequested; sent++)
        {
            var ahead = interval * sent - time.GetElapsedTime(begun);
            if (ahead > TimeSpan.Zero) await Task.Delay(ahead, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var request = Interlocked.Increment(ref _next);
            _requests[request] = false;
            _requests[request] = await IsAcknowledged(request);
        }
    }

    private async Task<bool> IsAcknowledged(long request)
    {
        try
        {
            using var content = new StringContent(Lines(request));
            using var answer = await http.PostAsync("/write?precision=ms", content);
            return answer.StatusCode == HttpStatusCode.NoContent;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException) // the program was killed, or its log was
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            return false;
        }
    }

    private static string Lines(long request)
    {
        var lines = new StringBuilder(SamplesPerRequest * 60);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < SamplesPerRequest; i++)
        {
            var id = request * SamplesPerRequest + i;
            lines.Append($"load,host=h{id % 97},region={(id % 3 == 0 ? "us" : "eu")} value={id} {now - i % 50}\n");
        }
        return lines.ToString();
    }
}
