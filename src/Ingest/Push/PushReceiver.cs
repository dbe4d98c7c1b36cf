using System.Collections.Concurrent;
using System.IO.Compression;
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
    public async Task<PushOutcome> ReceiveAsync(PushRequest request, Stream body, CancellationToken abort)
    {
        try
        {
            return Interlocked.Increment(ref _inWork) > options.MaxConcurrentRequests
                ? Refuse(StatusCodes.Status503ServiceUnavailable, DropReason.Overflow, $"{options.MaxConcurrentRequests} requests are in work already")
                : await ReadAsync(request, body, abort);
        }
        finally
        {
            Interlocked.Decrement(ref _inWork);
        }
    }

    private async Task<PushOutcome> ReadAsync(PushRequest request, Stream body, CancellationToken abort)
    {
        try
        {
            switch (request.Encoding.ToLowerInvariant())
            {
                case "" or "identity":
                    return await ReadPlainAsync(request, body, abort);
                case "gzip" or "x-gzip":
                    await using (var plain = new GZipStream(body, CompressionMode.Decompress)) return await ReadPlainAsync(request, plain, abort);
                default:
                    return Refuse(StatusCodes.Status415UnsupportedMediaType, DropReason.Rejected,
                        $"unknown Content-Encoding '{Excerpt.Of(request.Encoding)}'; use gzip or none");
            }
        }
        catch (InvalidDataException)
        {
            return Refuse(StatusCodes.Status400BadRequest, DropReason.Malformed, "the body is not whole gzip");
        }
        catch (BadHttpRequestException e)
        {
            return Refuse(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge ? DropReason.Overflow : DropReason.Rejected, e.Message);
        }
    }

    private async Task<PushOutcome> ReadPlainAsync(PushRequest request, Stream body, CancellationToken abort)
    {
        using var whole = await PushBody.ReadAsync(body, options.MaxBodyBytes, abort);
        if (whole is null) return TooLarge($"the body is larger than push.maxBodyBytes, {options.MaxBodyBytes}");
        if (whole.Bytes.Count((byte)'\n') > options.MaxLines) return TooLarge($"the body has more lines than push.maxLines, {options.MaxLines}");
        var batch = _batches.TryPop(out var used) ? used : new RecordBatch();
        var reader = _readers.TryPop(out var idle) ? idle : new PushReader(target, options);
        var report = reader.Read(whole.Bytes, request, time.UnixMilliseconds(), batch);
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
        catch (LogFullException e)
        {
            refusal = DropReason.Overflow;
            return new PushOutcome(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (OutcomeUnknownException e)
        {
            return new PushOutcome(StatusCodes.Status500InternalServerError, e.Message);
        }
        finally
        {
            Settle(report, refusal);
        }
    }

    private PushOutcome TooLarge(string message) => Refuse(StatusCodes.Status413PayloadTooLarge, DropReason.Overflow, message);

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
