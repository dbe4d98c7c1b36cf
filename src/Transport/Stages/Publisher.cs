using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport;

/// <summary>
/// Publishes output batches with the progress they make, in appends of bounded size, and leaves out what an earlier run has published.
/// An append may be cut between any two outputs: until a batch is whole, its appends keep the rewind point of the batch before.
/// </summary>
internal sealed class Publisher(ILogWriter writer, ProgressRecords records, Progress? progress, StageLimits limits)
{
    private readonly RecordBatch _batch = new();
    private RewindPoint _rewind = progress is null
        ? new RewindPoint(0, Watermark.None, -1, new Dictionary<string, long>())
        : new RewindPoint(progress.RewindTo, progress.AtRewind, progress.MaxTime, progress.Since);
    private Place _published = progress is null ? new Place(-1, Place.All) : new Place(progress.PublishedThrough, progress.Outputs);

    public async ValueTask PublishAsync(OutputBatch output, CancellationToken abort)
    {
        var last = output.NextOffset - 1;
        var place = new Place(-1, 0);
        for (var i = 0; i < output.Records.Count; i++)
        {
            place = place.Next(output.Causes[i]);
            if (!place.IsAfter(_published)) continue;
            if (_batch.Count >= limits.MaxRecords || _batch.Bytes >= limits.MaxBytes) await AppendAsync(_rewind, _published, abort);
            var record = output.Records[i];
            _batch.Add(record.To, record.Key, record.Value);
            _published = place;
        }
        if (_batch.Count > 0 || last - _published.Input >= limits.MaxQuietInputs)
        {
            _published = new Place(last, Place.All);
            await AppendAsync(output.Rewind, _published, abort);
        }
        _rewind = output.Rewind;
    }

    private async ValueTask AppendAsync(RewindPoint rewind, Place through, CancellationToken abort)
    {
        records.Add(_batch, rewind, through);
        await writer.AppendAsync(_batch, abort);
        _batch.Clear();
    }
}
