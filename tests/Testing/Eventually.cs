namespace Pipeline.Testing;

/// <summary>Waits for what another thread or process does, by looking again and again up to a bound. For adapters to real systems only.</summary>
public static class Eventually
{
    /// <param name="seen">Says, for the message of the failure, what was seen last.</param>
    public static async Task<T> Get<T>(string what, Func<Task<T?>> look, TimeSpan? within = null, Func<string>? seen = null) where T : class
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var bound = within ?? TimeSpan.FromSeconds(30);
        while (true)
        {
            if (await look() is { } found) return found;
            if (time.GetElapsedTime(start) > bound) throw new TimeoutException($"Not within {bound.TotalSeconds:0.#} s: {what}.\n{seen?.Invoke()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), time);
        }
    }

    /// <param name="seen">As above.</param>
    public static Task Holds(string what, Func<bool> condition, TimeSpan? within = null, Func<string>? seen = null) =>
        Get(what, () => Task.FromResult(condition() ? what : null), within, seen);
}
