using System.Text;
using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Tests.Push;

/// <summary>Keeps what is appended, or fails as told.</summary>
public sealed class CollectingWriter : ILogWriter
{
    private readonly Lock _lock = new();
    private readonly List<CollectedRecord> _records = [];
    private int _waiting;

    /// <summary>Asked before each append; what it answers is thrown.</summary>
    public Func<Exception?> Failure { get; set; } = () => null;

    /// <summary>Every append waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Appends that wait for the gate.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public int Appends { get; private set; }
    public IReadOnlyList<CollectedRecord> Records { get { lock (_lock) return [.. _records]; } }

    public async ValueTask AppendAsync(RecordBatch batch, CancellationToken abort)
    {
        Interlocked.Increment(ref _waiting);
        await Gate.WaitAsync(abort);
        Interlocked.Decrement(ref _waiting);
        if (Failure() is { } failure) throw failure;
        lock (_lock)
        {
            Appends++;
            for (var i = 0; i < batch.Count; i++)
                _records.Add(new CollectedRecord(batch[i].To, Encoding.UTF8.GetString(batch[i].Key), Encoding.UTF8.GetString(batch[i].Value)));
        }
    }
}

public sealed record CollectedRecord(TopicPartition To, string Key, string Value)
{
    public JsonElement Json => JsonDocument.Parse(Value).RootElement;
}
