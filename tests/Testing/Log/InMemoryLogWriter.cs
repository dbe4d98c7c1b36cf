using Pipeline.Contracts;

namespace Pipeline.Testing;

internal sealed class InMemoryLogWriter(InMemoryLog log, string name) : ILogWriter
{
    public string Name => name;

    public ValueTask AppendAsync(RecordBatch batch, CancellationToken abort)
    {
        abort.ThrowIfCancellationRequested();
        log.Append(this, batch);
        return ValueTask.CompletedTask;
    }
}
