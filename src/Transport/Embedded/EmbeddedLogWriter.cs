using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>One opening of a writer's name. The latest opening is the one that may write.</summary>
internal sealed class EmbeddedLogWriter(Appender appender, string name) : ILogWriter
{
    public string Name => name;

    public ValueTask AppendAsync(RecordBatch batch, CancellationToken abort) => appender.AppendAsync(this, batch, abort);
}
