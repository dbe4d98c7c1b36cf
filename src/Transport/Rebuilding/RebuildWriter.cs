using System.Text.Json;
using Pipeline.Contracts;

namespace Pipeline.Transport.Rebuilding;

/// <summary>Compares what was computed with what was published, and publishes what makes them the same, in appends of bounded size.</summary>
/// <param name="writer">Null publishes nothing.</param>
internal sealed class RebuildWriter(ILogWriter? writer, PublishedResults published, StageLimits limits)
{
    private readonly RecordBatch _batch = new();
    private long _computed, _missing, _different, _takenBack, _left, _unreadable;

    public async ValueTask PublishAsync(IReadOnlyCollection<ComputedResult> results, CancellationToken abort)
    {
        foreach (var result in results)
        {
            Publish(result);
            if (_batch.Count >= limits.MaxRecords || _batch.Bytes >= limits.MaxBytes) await FlushAsync(abort);
        }
    }

    /// <summary>Takes back those of a slice that were published and not computed.</summary>
    public async ValueTask TakeBackAsync(LogSlice slice, ResultReader reader, CancellationToken abort)
    {
        for (var i = 0; i < slice.Count; i++)
        {
            TakeBack(slice.Partition, slice[i], reader);
            if (_batch.Count >= limits.MaxRecords || _batch.Bytes >= limits.MaxBytes) await FlushAsync(abort);
        }
    }

    public async ValueTask FlushAsync(CancellationToken abort)
    {
        if (_batch.Count > 0 && writer is not null) await writer.AppendAsync(_batch, abort);
        _batch.Clear();
    }

    /// <param name="gone">How many were not computed, and taken back before.</param>
    /// <param name="unreadable">Records that no result could be read from.</param>
    public RebuildSummary Summary(long gone, long unreadable) => new()
    {
        First = published.Ends.First, Last = published.Ends.Last, Computed = _computed, Missing = _missing, Different = _different, TakenBack = _takenBack, LeftAlone = _left + gone,
        NotWhole = published.NotWhole, NotFinal = published.NotFinal, Unreadable = unreadable + _unreadable,
    };

    private void Publish(ComputedResult result)
    {
        _computed++;
        var before = published.Take(result.Text.Key);
        if (before?.Content == result.Text.Content) _left++;
        else if (before is null) _missing++;
        else _different++;
        if (before?.Content != result.Text.Content) result.Write((before?.Revision ?? 0) + 1, _batch);
    }

    private void TakeBack(TopicPartition to, in LogRecord record, ResultReader reader)
    {
        if (reader.Read(record.Value) is not { } text || !published.TakeLast(text)) return;
        if (ResultReader.ReadWhole(record.Value) is not { } result)
        {
            _unreadable++;
            return;
        }
        _batch.Add(to, record.Key, JsonSerializer.SerializeToUtf8Bytes(Nothing(result) with { Revision = result.Revision + 1 }, WireFormat.Records.WindowResult));
        _takenBack++;
    }

    /// <summary>Has the figures that the result had, all of them 0: sinks that overwrite them one by one keep nothing of the old.</summary>
    private static WindowResult Nothing(WindowResult result) => result with
    {
        Count = 0, Sum = 0, Min = 0, Max = 0, Mean = 0, First = 0, FirstTime = result.Start, Last = 0, LastTime = result.Start, Rate = null,
        Quantiles = result.Quantiles.ToDictionary(q => q.Key, _ => 0.0), Sketch = [], States = null,
        StandardDeviation = Zero(result.StandardDeviation), Increase = Zero(result.Increase), IncreaseRate = Zero(result.IncreaseRate),
        Above = result.Above?.ToDictionary(a => a.Key, _ => 0.0), Distinct = result.Distinct is null ? null : 0, Ewma = Zero(result.Ewma),
        Baseline = Zero(result.Baseline), Change = Zero(result.Change), BaselineDays = result.BaselineDays is null ? null : 0,
    };

    private static double? Zero(double? figure) => figure is null ? null : 0;
}
