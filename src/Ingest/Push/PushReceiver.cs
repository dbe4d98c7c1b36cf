using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Push;

/// <summary>
/// Takes pushed bodies into the log. The good lines of a body are one atomic append: after an answer of 204 or of a report they are in the
/// log, after anything else none of them is, save where the log itself cannot tell (500).
/// </summary>
public sealed class PushReceiver(ILogWriter writer, PushTarget target, PushOptions options, TimeProvider time, LedgerAccount account)
{
    /// <summary>A batch that grew beyond this is left to the collector.</summary>
    private const int KeptBatchBytes = 4 << 20;

    private readonly ConcurrentStack<PushReader> _readers = new();
    private readonly ConcurrentStack<RecordBatch> _batches = new();
    private readonly Lock _ledger = new();
    private int _inWork;

    public PushOptions Options => options;

    /// <exception cref="OperationCanceledException">The client went away, or <paramref name="abort"/>; nothing was appended.</exception>
    public async Task<PushOutcome> ReceiveAsync(PushRequest request, Stream stream, CancellationToken abort)
    {
        try
        {
            if (Interlocked.Increment(ref _inWork) > options.MaxConcurrentRequests)
                return Refuse(503, DropReason.Overflow, $"{options.MaxConcurrentRequests} requests are in work already");
            var (body, refusal) = await ReadAsync(request.Encoding, stream, abort);
            using (body) return refusal ?? await TakeAsync(body!, request, abort);
        }
        finally
        {
            Interlocked.Decrement(ref _inWork);
        }
    }

    private async Task<(PushBody? Body, PushOutcome? Refusal)> ReadAsync(string encoding, Stream stream, CancellationToken abort)
    {
        try
        {
            if (PushBody.Decode(stream, encoding) is not { } plain)
                return (null, Refuse(415, DropReason.Rejected, $"unknown Content-Encoding '{Excerpt.Of(encoding)}'; use gzip or none"));
            await using var end = plain;
            var body = await PushBody.ReadAsync(plain, options.MaxBodyBytes, abort);
            return body is null
                ? (null, Refuse(413, DropReason.Overflow, $"the body is larger than push.maxBodyBytes, {options.MaxBodyBytes}"))
                : (body, null);
        }
        catch (InvalidDataException)
        {
            return (null, Refuse(400, DropReason.Malformed, "the body is not whole gzip"));
        }
        catch (BadHttpRequestException e)
        {
            return (null, Refuse(e.StatusCode, e.StatusCode == 413 ? DropReason.Overflow : DropReason.Rejected, e.Message));
        }
    }

    private async Task<PushOutcome> TakeAsync(PushBody body, PushRequest request, CancellationToken abort)
    {
        if (body.Bytes.Count((byte)'\n') > options.MaxLines)
            return Refuse(413, DropReason.Overflow, $"the body has more lines than push.maxLines, {options.MaxLines}");
        var batch = _batches.TryPop(out var used) ? used : new RecordBatch();
        var reader = _readers.TryPop(out var idle) ? idle : new PushReader(target, options);
        var report = reader.Read(body.Bytes, request, time.UnixMilliseconds(), batch);
        _readers.Push(reader);
        var outcome = await AppendAsync(batch, report, abort);
        if (batch.Bytes > KeptBatchBytes) return outcome;
        batch.Clear();
        _batches.Push(batch);
        return outcome;
    }

    private async ValueTask<PushOutcome> AppendAsync(RecordBatch batch, PushReport report, CancellationToken abort)
    {
        var refusal = (DropReason?)DropReason.Rejected;
        try
        {
            if (batch.Count > 0) await writer.AppendAsync(batch, abort);
            refusal = null;
            return PushOutcome.Of(report);
        }
        catch (LogUnavailableException e)
        {
            refusal = DropReason.Overflow;
            return new PushOutcome(503, e.Message);
        }
        catch (OutcomeUnknownException e)
        {
            return new PushOutcome(500, e.Message);
        }
        finally
        {
            Settle(report, refusal);
        }
    }

    /// <summary>A body that is refused unread is one entry in the books: how many lines it had nobody knows.</summary>
    private PushOutcome Refuse(int status, DropReason reason, string message)
    {
        lock (_ledger)
        {
            account.In(1);
            account.OnDropped(reason, 1);
            account.Settle();
        }
        return new PushOutcome(status, message);
    }

    private void Settle(PushReport report, DropReason? refusal)
    {
        lock (_ledger)
        {
            account.In(report.Good + report.Bad);
            account.OnDropped(DropReason.Malformed, report.Bad);
            if (refusal is { } reason) account.OnDropped(reason, report.Good);
            else account.Out(report.Good);
            account.Settle();
        }
    }
}
