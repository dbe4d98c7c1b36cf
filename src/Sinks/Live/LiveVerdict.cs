using System.Buffers;
using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Sinks;

/// <summary>The verdict as it is now, computed at most once a second, however many ask.</summary>
public sealed class LiveVerdict(ReadModel model, IPipelineStatus status, VerdictOptions options, TimeProvider time)
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Cached? _cached;

    public Verdict Read() => Current().Verdict;

    /// <summary>As the interface shows it.</summary>
    public ReadOnlyMemory<byte> ReadJson() => Current().Json;

    private Cached Current()
    {
        var cached = Volatile.Read(ref _cached);
        if (cached is not null && time.GetElapsedTime(cached.At) < Validity) return cached;
        if (!_lock.TryEnter())
        {
            if (cached is not null) return cached; // somebody is at it
            _lock.Enter();
        }
        try
        {
            if (_cached != cached) return _cached!;
            var made = Make();
            Volatile.Write(ref _cached, made);
            return made;
        }
        finally
        {
            _lock.Exit();
        }
    }

    private Cached Make()
    {
        var at = time.GetTimestamp();
        var pipeline = status.Read();
        var newest = model.Newest().Select(Reading).ToList();
        var verdict = Verdict.Of(new VerdictInput(time.UnixMilliseconds(), newest, pipeline.Lag, pipeline.Ledger) { Others = pipeline.Configuration?.Reasons ?? [] }, options);
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, LiveJson.Options);
        VerdictJson.Write(json, verdict);
        json.Flush();
        return new Cached(verdict, bytes.WrittenMemory, at);
    }

    private static SeriesReading Reading(LivePoint point) =>
        new(point.Series.Window, point.Series.Metric, point.Series.Labels, point.Start, point.End, point.Count, point.Mean);

    private sealed record Cached(Verdict Verdict, ReadOnlyMemory<byte> Json, long At);
}
