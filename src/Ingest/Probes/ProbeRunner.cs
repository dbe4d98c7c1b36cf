using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Pipeline.Ingest.Probes;

/// <summary>Probes one target once. Whatever a network or a server does is a result; only a bug is an exception.</summary>
public sealed class ProbeRunner(TimeProvider time) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly ProbeHandlers _handlers = new();

    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    public async Task<ProbeResult> Run(ProbeTarget target, CancellationToken abort)
    {
        using var timeout = new CancellationTokenSource(target.Timeout, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, abort);
        var probe = new ProbeState(target, time, end.Token);
        using var own = target.FreshConnection ? ProbeHandlers.Fresh(target) : null;
        try
        {
            using var response = await Follow(own ?? _handlers.Kept(target), probe);
            if (response is not null) await Judge(response, probe);
        }
        catch (Exception failure) when (ProbeFailure.Is(failure) && !abort.IsCancellationRequested)
        {
            var (outcome, error) = ProbeFailure.Of(failure, probe, timeout.IsCancellationRequested);
            probe.Fail(outcome, error);
        }
        return probe.Finish();
    }

    public void Dispose() => _handlers.Dispose();

    [SuppressMessage("Reliability", "CA2000", Justification = "The request has no content, and the caller disposes the response.")]
    private static async Task<HttpResponseMessage?> Follow(HttpMessageInvoker invoker, ProbeState probe)
    {
        for (var hop = ProbeHop.First(probe.Target); ;)
        {
            var request = hop.Request();
            probe.Send(request);
            var response = await invoker.SendAsync(request, probe.End);
            probe.Answered(response);
            if (probe.Target.MaxRedirects == 0 || !ProbeHop.IsRedirect(response)) return response;

            var next = hop.Next(response);
            response.Dispose();
            if (next is null || probe.Redirects == probe.Target.MaxRedirects)
            {
                var error = next is null ? "a redirect to something other than http" : $"more than {probe.Target.MaxRedirects} redirects";
                probe.Fail(ProbeOutcome.Http, error);
                return null;
            }
            hop = next;
            probe.Redirects++;
        }
    }

    private static async Task Judge(HttpResponseMessage response, ProbeState probe)
    {
        if (!probe.Target.Expectation.Allows((int)response.StatusCode))
        {
            probe.Fail(ProbeOutcome.Http, $"unexpected status {(int)response.StatusCode}");
            return;
        }
        using var body = new BodyCheck(probe.Target.Expectation);
        probe.Begin(ProbePhase.Transfer);
        try
        {
            var whole = await Read(response, body, probe);
            probe.EndPhase();
            var problem = whole ? body.Finish() : $"the body is longer than the limit of {probe.Target.BodyLimit} bytes";
            if (problem is not null) probe.Fail(ProbeOutcome.Content, problem);
        }
        finally
        {
            probe.Read(body);
        }
    }

    /// <summary>False where the body goes past the limit.</summary>
    private static async Task<bool> Read(HttpResponseMessage response, BodyCheck body, ProbeState probe)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(probe.End);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await stream.ReadAsync(buffer, probe.End) is var count and > 0)
            {
                body.Add(buffer.AsSpan(0, count));
                if (body.Length > probe.Target.BodyLimit) return false;
            }
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
