using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport;

/// <summary>
/// Publishes output batches with the progress they make, in appends of bounded size, and leaves out what an earlier run has published.
/// An append may be cut between any two outputs: until a batch is whole, its appends keep the rewind point of the batch before.
/// </summary>
/// <param name="topic">Of the progress.</param>
/// <param name="start">The progress to go on from.</param>
internal sealed class Publisher(ILogWriter writer, string topic, Progress start, StageLimits limits)
{
    private readonly RecordBatch _batch = new();
    private RewindPoint _rewind = new(start.RewindTo, start.AtRewind, start.MaxTime, start.Since);
    private Place _published = new(start.PublishedThrough, start.Outputs);

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
        _batch.AddProgress(topic, new Progress(
            start.Stage, start.Partition, rewind.Offset, rewind.Watermark, through.Input, through.Outputs, rewind.MaxTime, rewind.Since));
        await writer.AppendAsync(_batch, abort);
        _batch.Clear();
    }
}
