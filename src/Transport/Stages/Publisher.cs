using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport;

/// <summary>
/// Publishes output batches with the progress they make, in appends of bounded size, and leaves out what an earlier run has published.
/// An append may be cut between any two outputs: until a batch is whole, its appends keep the rewind point of the batch before.
/// </summary>
internal sealed class Publisher(ILogWriter writer, ProgressRecords records, Progress? progress)
{
    private const int MaxRecords = 10_000;
    private const int MaxBytes = 4 << 20;

    /// <summary>So many inputs without an output, and the progress is written all the same, to keep a rewind short.</summary>
    private const int MaxQuietInputs = 50_000;

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
            if (_batch.Count >= MaxRecords || _batch.Bytes >= MaxBytes) await AppendAsync(_rewind, _published, abort);
            var record = output.Records[i];
            _batch.Add(record.To, record.Key, record.Value);
            _published = place;
        }
        if (_batch.Count > 0 || last - _published.Input >= MaxQuietInputs)
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
