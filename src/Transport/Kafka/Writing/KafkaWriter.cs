using System.Threading.Channels;
using Confluent.Kafka;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// Appends in transactions, on a thread of its own, since librdkafka's calls block. What several callers append meanwhile shares the next one.
/// </summary>
internal sealed class KafkaWriter : ILogWriter, IDisposable
{
    private const int MaxWaiting = 256;
    private const int MaxBytes = 16 << 20;

    private readonly string _name;
    private readonly TransactionalProducer _producer;
    private readonly Channel<PendingAppend> _waiting = Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly Task _loop, _lost;
    private volatile FencedException? _ended;

    /// <param name="producer">With its transactions initialised.</param>
    public KafkaWriter(string name, TransactionalProducer producer)
    {
        (_name, _producer) = (name, producer);
        _lost = LoseAsync();
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public async ValueTask AppendAsync(RecordBatch batch, CancellationToken abort)
    {
        abort.ThrowIfCancellationRequested();
        if (batch.Count == 0) return;
        var pending = new PendingAppend(batch);
        try
        {
            await _waiting.Writer.WriteAsync(pending, abort);
        }
        catch (ChannelClosedException)
        {
            throw _ended ?? new FencedException(_name);
        }
        await using var giveUp = abort.UnsafeRegister((state, token) => ((PendingAppend)state!).GiveUp(token), pending);
        await await Task.WhenAny(pending.Done, _lost);
    }

    /// <summary>
    /// Ends the writer, with what still waits appended if Kafka answers. A call that the client does not come back from keeps its thread, and
    /// the client.
    /// </summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _producer.Stop();
        Task.WaitAny(_loop.ContinueWith(_ => _producer.Dispose(), TaskScheduler.Default), _producer.GivenUp);
    }

    private async Task LoseAsync()
    {
        await _producer.GivenUp;
        _waiting.Writer.TryComplete();
        throw new OutcomeUnknownException($"{CallWatch.Unanswered}, so that what became of the last transaction of '{_name}' is not known.");
    }

    private void Run()
    {
        var taken = new List<PendingAppend>();
        while (_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var bytes = 0;
            while (bytes < MaxBytes && _waiting.Reader.TryRead(out var next))
            {
                if (!next.Take()) continue;
                taken.Add(next);
                bytes += next.Batch.Bytes;
            }
            Append(taken);
            if (_ended is { } ended)
                foreach (var one in taken) one.Fail(ended);
            taken.Clear();
        }
    }

    /// <summary>One transaction; where a batch of it cannot be, one without that.</summary>
    private void Append(List<PendingAppend> taken)
    {
        while (taken.Count > 0 && _ended is null)
        {
            PendingAppend? at = null;
            try
            {
                _producer.Begin();
                foreach (var one in taken) _producer.Produce((at = one).Batch);
                at = null;
                _producer.Commit(taken.Select(t => t.Batch.Read).OfType<InputPlace>());
                foreach (var one in taken) one.Complete();
                return;
            }
            catch (UnknownTopicException e)
            {
                at!.Fail(e);
                taken.Remove(at);
                if (_producer.TryAbort() is { } final) End(taken, final);
            }
            catch (Exception e) // whatever it is, those who wait must hear of it
            {
                End(taken, e);
            }
        }
    }

    /// <summary>
    /// A transaction that failed is the writer's end, whatever failed it: Kafka aborts what it left behind when the next writer of the name is
    /// opened, and not before it can be reached again.
    /// </summary>
    private void End(List<PendingAppend> taken, Exception cause)
    {
        var reason = cause switch
        {
            OutcomeUnknownException => cause,
            KafkaException e when TransactionalProducer.IsFenced(e) => new FencedException(_name, e),
            KafkaException e => new LogUnavailableException($"Kafka takes no transaction of '{_name}': {e.Error.Reason}.", e),
            _ => cause,
        };
        _ended = reason as FencedException ?? new FencedException(_name, reason);
        foreach (var one in taken) one.Fail(reason);
        _waiting.Writer.TryComplete();
    }
}
