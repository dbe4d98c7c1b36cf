using System.Text.Json;
using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Simulation.Tests;

/// <summary>What a stage has read, for faults that take something for something else.</summary>
internal sealed class InputNotes
{
    private readonly Watermark _watermark;
    private readonly List<(long Offset, long Time, WatermarkRecord Before)> _records = [];

    public InputNotes(FlowStart start) => _watermark = new Watermark(start.Progress?.AtRewind);

    public WatermarkRecord Watermark => _watermark.Current;

    public void Take(LogSlice slice)
    {
        for (var i = 0; i < slice.Count; i++)
        {
            var record = slice[i];
            if (Vandal.IsRubbish(record.Value)) continue;
            using var json = JsonDocument.Parse(record.Value.ToArray());
            if (!json.RootElement.TryGetProperty("time", out var time)) continue;
            if (record.Key.SequenceEqual("tick"u8)) _watermark.OnTick(json.RootElement.GetProperty("source").GetString()!, time.GetInt64(), record.Time);
            else _records.Add((record.Offset, time.GetInt64(), Watermark));
        }
    }

    /// <summary>The first record of the second of event time that is the earliest since an offset.</summary>
    public RewindPoint EarliestInTime(RewindPoint since)
    {
        var records = _records.Where(r => r.Offset >= since.Offset).ToList();
        if (records.Count == 0) return since;
        var second = records.Min(r => r.Time) / 1000;
        var (offset, _, watermark) = records.First(r => r.Time / 1000 == second);
        return since with { Offset = offset, Watermark = watermark };
    }
}
