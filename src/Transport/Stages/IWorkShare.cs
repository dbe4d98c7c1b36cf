using System.Collections.Concurrent;

namespace Pipeline.Transport;

/// <summary>Tells this process which partitions of a piece of work are its own.</summary>
public interface IWorkShare
{
    /// <summary>
    /// Runs the work for each partition that is this process's own, until <paramref name="stop"/> and until all of it has ended. The token
    /// given to <paramref name="run"/> is cancelled when its partition goes to another process, or at the stop.
    /// </summary>
    /// <param name="work">The name of the stage or sink.</param>
    Task RunAsync(string work, int partitions, Func<int, CancellationToken, Task> run, CancellationToken stop);

    /// <summary>The partitions of a running work that are this process's own now; null while that is not known.</summary>
    IReadOnlySet<int>? Mine(string work);
}

/// <summary>All of it: there is no other process.</summary>
public sealed class WholeShare : IWorkShare
{
    private readonly ConcurrentDictionary<string, IReadOnlySet<int>> _works = new();

    public Task RunAsync(string work, int partitions, Func<int, CancellationToken, Task> run, CancellationToken stop)
    {
        _works[work] = Enumerable.Range(0, partitions).ToHashSet();
        return Task.WhenAll(_works[work].Select(p => Task.Run(() => run(p, stop), CancellationToken.None)));
    }

    public IReadOnlySet<int>? Mine(string work) => _works.GetValueOrDefault(work);
}
