using System.Globalization;
using Pipeline.Contracts;
using Pipeline.Transport.Recordings;

namespace Pipeline.Host.Commands;

/// <summary>A replay with its progress on the console.</summary>
internal sealed class ReplayRun : IDisposable
{
    private readonly Recording _recording;
    private readonly Replay _replay;
    private readonly long _toReplay;
    private readonly long _started = TimeProvider.System.GetTimestamp();

    /// <exception cref="FormatException">The recording holds no observations.</exception>
    public ReplayRun(Recording recording, params IReadOnlyList<ReplaySide> sides)
    {
        var topics = new Topics(recording.Header.Prefix);
        var observations = recording.Header.Topics.FirstOrDefault(t => t.Name == topics.Observations)
            ?? throw new FormatException($"{recording.Path} holds no {topics.Observations}, only {string.Join(", ", recording.Header.Topics.Select(t => t.Name))}. Record with --topics {topics.Observations}.");
        var partitions = observations.From.Count;
        (_recording, _replay) = (recording, new Replay(recording, [.. sides.Select(s => s.Branch(topics, partitions))]));
        _toReplay = Enumerable.Range(0, partitions).Sum(p => recording.RecordsOf(new TopicPartition(topics.Observations, p)));
    }

    /// <returns>Whether it came to the end.</returns>
    public async Task<bool> RunAsync(ReplayPace pace, CancellationToken stop)
    {
        var line = new ProgressLine(TimeProvider.System);
        await _replay.RunAsync(pace, () => line.Show(Progress), stop);
        line.End(Progress());
        return !stop.IsCancellationRequested;
    }

    public void Dispose() => _replay.Dispose();

    private string Progress()
    {
        var seconds = TimeProvider.System.GetElapsedTime(_started).TotalSeconds;
        var share = _toReplay == 0 ? 1 : (double)_replay.Records / _toReplay;
        var at = _replay.At ?? _recording.LastTime;
        var times = Math.Max(0, at - _recording.FirstTime) / 1000.0 / seconds;
        return string.Create(CultureInfo.InvariantCulture,
            $"{ProgressLine.Bar(share)}  {(_recording.Records == 0 ? "" : UnixTime.ToRfc3339(at))}  {_replay.Records:N0} records, {_replay.Records / seconds:N0}/s, {times:N1}x");
    }
}
