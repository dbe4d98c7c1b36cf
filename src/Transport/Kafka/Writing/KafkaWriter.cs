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
    private readonly Task _loop;
    private volatile Exception? _refusal; // while it cannot append

    /// <param name="producer">With its transactions initialised.</param>
    public KafkaWriter(string name, TransactionalProducer producer)
    {
        (_name, _producer) = (name, producer);
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public async ValueTask AppendAsync(RecordBatch batch, CancellationToken abort)
    {
        abort.ThrowIfCancellationRequested();
        if (batch.Count == 0) return;
        if (_refusal is { } refusal) throw refusal;
        var pending = new PendingAppend(batch);
        try
        {
            await _waiting.Writer.WriteAsync(pending, abort);
        }
        catch (ChannelClosedException)
        {
            throw _refusal ?? new FencedException(_name);
        }
        await using var giveUp = abort.UnsafeRegister((state, token) => ((PendingAppend)state!).GiveUp(token), pending);
        await pending.Done;
    }

    /// <summary>Ends the writer, with what still waits appended if Kafka answers.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        _producer.Stop();
        _loop.Wait();
        _producer.Dispose();
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
            if (_refusal is not { } refusal) Append(taken);
            else foreach (var one in taken) one.Fail(refusal);
            taken.Clear();
        }
    }

    /// <summary>One transaction; where a batch of it cannot be, one without that.</summary>
    private void Append(List<PendingAppend> taken)
    {
        while (taken.Count > 0)
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
                _producer.Abort();
                at!.Fail(e);
                taken.Remove(at);
            }
            catch (OutcomeUnknownException e)
            {
                End(taken, e);
                return;
            }
            catch (KafkaException e)
            {
                Refuse(taken, e);
                return;
            }
        }
    }

    /// <summary>The transaction cannot be committed any more, so nobody waits for its abort, which takes as long as Kafka is away.</summary>
    private void Refuse(List<PendingAppend> taken, KafkaException cause)
    {
        if (TransactionalProducer.IsFinal(cause))
        {
            End(taken, new FencedException(_name, cause));
            return;
        }
        _refusal = new LogUnavailableException($"Kafka takes no transaction of '{_name}': {cause.Error.Reason}.", cause);
        foreach (var one in taken) one.Fail(_refusal);
        while (_waiting.Reader.TryRead(out var next))
            if (next.Take()) next.Fail(_refusal);
        if (_producer.TryAbort() is { } final) End([], final);
        else _refusal = null;
    }

    /// <summary>Whatever ended it, the way on is a new writer of the name; that is what being fenced means.</summary>
    private void End(List<PendingAppend> taken, Exception reason)
    {
        _refusal = new FencedException(_name, reason);
        foreach (var one in taken) one.Fail(reason);
        _waiting.Writer.TryComplete();
    }
}
