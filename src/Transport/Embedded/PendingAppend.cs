using System.Runtime.ExceptionServices;
using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>An append that waits to be written with others.</summary>
internal sealed class PendingAppend(EmbeddedLogWriter? writer, RecordBatch batch)
{
    private Exception? _failure;

    /// <summary>Who appends; null for the log itself, which nobody fences.</summary>
    public EmbeddedLogWriter? Writer => writer;

    public RecordBatch Batch => batch;
    public bool IsDone { get; private set; }

    public void Done(Exception? failure = null) => (IsDone, _failure) = (true, failure);

    public void ThrowIfFailed()
    {
        if (_failure is not null) ExceptionDispatchInfo.Throw(_failure);
    }
}
