using Pipeline.Contracts;
using Pipeline.Transport;

namespace Pipeline.Host.Run;

/// <summary>The log that this run works on, with what depends on its kind.</summary>
internal abstract class OpenLog : IAsyncDisposable
{
    /// <summary>How old the progress of a quiet stage may be: what is final is known from it.</summary>
    protected static readonly TimeSpan MaxQuiet = TimeSpan.FromSeconds(10);

    public abstract ILog Log { get; }

    /// <summary>Where it is, for people.</summary>
    public abstract string Place { get; }

    public abstract IWorkShare Share { get; }

    public abstract StageLimits Limits { get; }

    /// <summary>Whether other processes go on where this one ends.</summary>
    public abstract bool IsShared { get; }

    /// <summary>The topics as they are, or were a moment ago; at once.</summary>
    public abstract IReadOnlyList<TopicState> Topics { get; }

    /// <summary>Housekeeping, until the stop.</summary>
    public abstract Task KeepAsync(CancellationToken stop, CancellationToken abort);

    public abstract ValueTask DisposeAsync();
}
