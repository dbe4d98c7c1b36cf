namespace Pipeline.Bench.Log;

/// <summary>Records per second.</summary>
public sealed record LogFigures(double Append, double Read)
{
    /// <summary>Measures both halves; the second must see what the first wrote.</summary>
    public static async Task<LogFigures> OfAsync(Func<Task> append, Func<Task<long>> read)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        await append();
        var appended = time.GetElapsedTime(start).TotalSeconds;
        start = time.GetTimestamp();
        var bytes = await read();
        var done = time.GetElapsedTime(start).TotalSeconds;
        if (bytes != (long)LogBench.Records * SampleRecord.Bytes) throw new InvalidOperationException($"{bytes} bytes came back.");
        return new LogFigures(Math.Round(LogBench.Records / appended), Math.Round(LogBench.Records / done));
    }
}
