using System.Reactive;

namespace Microsoft.Reactive.Testing;

/// <summary>Words for scripts and expectations; a test class may derive from it.</summary>
public class ReactiveTest
{
    public const long Created = 100;
    public const long Subscribed = 200;
    public const long Disposed = 1000;

    public static Recorded<Notification<T>> OnNext<T>(long ticks, T value) => new(ticks, Notification.CreateOnNext(value));
    public static Recorded<Notification<T>> OnError<T>(long ticks, Exception exception) => new(ticks, Notification.CreateOnError<T>(exception));
    public static Recorded<Notification<T>> OnCompleted<T>(long ticks) => new(ticks, Notification.CreateOnCompleted<T>());
    public static Subscription Subscribe(long start, long end) => new(start, end);
    public static Subscription Subscribe(long start) => new(start);
}
