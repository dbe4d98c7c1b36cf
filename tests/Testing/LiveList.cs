using System.Collections;

namespace Pipeline.Testing;

/// <summary>What an observable has sent so far, as a list; safe to read while it is being filled.</summary>
public sealed class LiveList<T> : IReadOnlyList<T>, IObserver<T>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [];
    private readonly IDisposable _subscription;

    public LiveList(IObservable<T> source) => _subscription = source.Subscribe(this);

    public Exception? Error { get; private set; }
    public bool IsCompleted { get; private set; }
    public int Count { get { lock (_lock) return _items.Count; } }
    public T this[int index] { get { lock (_lock) return _items[index]; } }

    public void OnNext(T value) { lock (_lock) _items.Add(value); }
    public void OnError(Exception error) => Error = error;
    public void OnCompleted() => IsCompleted = true;
    public void Dispose() => _subscription.Dispose();

    public IEnumerator<T> GetEnumerator()
    {
        List<T> copy;
        lock (_lock) copy = [.. _items];
        return copy.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
