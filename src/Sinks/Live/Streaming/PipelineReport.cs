using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Sinks;

/// <summary>The status of the pipeline, with how fast a topic grows. For one caller.</summary>
/// <param name="observations">The topic whose growth is the rate of records.</param>
public sealed class PipelineReport(IPipelineStatus status, string observations, TimeProvider time)
{
    private (long At, long End)? _last;

    internal void Write(Utf8JsonWriter json)
    {
        var snapshot = status.Read();
        var at = time.GetTimestamp();
        var end = snapshot.Topics.Where(t => t.Name == observations).SelectMany(t => t.Partitions).Sum(p => p.End);
        var elapsed = _last is { } last ? time.GetElapsedTime(last.At, at).TotalSeconds : 0;
        var rate = elapsed > 0 ? (end - _last!.Value.End) / elapsed : 0;
        _last = (at, end);
        PipelineJson.Write(json, snapshot, rate, time.UnixMilliseconds());
    }
}
