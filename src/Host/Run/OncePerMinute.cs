using System.Collections.Concurrent;

namespace Pipeline.Host.Run;

/// <summary>Tells the same thing once a minute: a client that cannot connect says so many times a second. For any thread.</summary>
internal sealed class OncePerMinute(TimeProvider time, Action<string> tell)
{
    private const int MaxTexts = 100;

    private readonly ConcurrentDictionary<string, long> _told = new();

    public void Tell(string text)
    {
        var now = time.GetTimestamp();
        if (_told.TryGetValue(text, out var before) && time.GetElapsedTime(before, now) < TimeSpan.FromMinutes(1)) return;
        if (_told.Count >= MaxTexts) _told.Clear();
        _told[text] = now;
        tell(text);
    }
}
