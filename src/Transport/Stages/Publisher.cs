using Pipeline.Contracts;
using Pipeline.Processing;

namespace Pipeline.Transport;

/// <summary>
/// Publishes output batches with the progress they make, in appends of bounded size and age, and leaves out what an earlier run has published.
/// An append may be cut between any two outputs: until a batch is whole, its appends keep the rewind point of the batch before. While one
/// append is under way the next one is filled.
/// </summary>
/// <param name="start">The progress to go on from.</param>
internal sealed class Publisher(ILogWriter writer, StageEnds ends, Progress start, StageLimits limits, TimeProvider time)
{
    private RecordBatch _filling = new(), _sending = new();
    private Task _sent = Task.CompletedTask;
    private RewindPoint _rewind = RewindPoint.Of(start);
    private Place _published = new(start.PublishedThrough, start.Outputs);
    private InputMark _filled, _reaches;
    private long _since, _sentAt = time.GetTimestamp();

    /// <summary>Whether outputs or their append are waited for.</summary>
    public bool IsBusy => _filling.Count > 0 || !_sent.IsCompleted;

    /// <summary>Says what this run begins with, before anything is published.</summary>
    public void Begin(RewindPoint first) => _rewind = _rewind with { Since = first.Since, Rules = first.Rules, ChangedAfter = first.ChangedAfter };

    public async ValueTask PublishAsync(OutputBatch output, InputMark mark, CancellationToken abort)
    {
        if (_sent.IsCompleted) await SettleAsync();
        _rewind = _rewind with { MaxTime = output.Rewind.MaxTime }; // even of a cut batch: a window that is added after it begins after all of it
        var last = output.NextOffset - 1;
        var place = new Place(-1, 0);
        foreach (var (cause, outputs) in output.Runs)
        {
            for (var i = 0; i < outputs.Count; i++)
            {
                place = place.Next(cause);
                if (!place.IsAfter(_published)) continue;
                if (_filling.Count >= limits.MaxRecords || _filling.Bytes >= limits.MaxBytes) await SendAsync(abort);
                if (_filling.Count == 0) _since = time.GetTimestamp();
                outputs.Write(i, _filling);
                _published = place;
            }
        }
        (_rewind, _filled) = (output.Rewind, mark);
        var isDue = _filling.Count > 0 ? Age >= limits.MaxAge : HasBeenQuiet(last);
        if (_filling.Count > 0 || isDue) _published = new Place(last, Place.All);
        if (isDue) await SendAsync(abort);
        else if (!IsBusy) ends.Position.Moved(mark);
    }

    /// <summary>Until <paramref name="next"/> ends; meanwhile sends what becomes due.</summary>
    public async ValueTask WaitAsync(Task next, CancellationToken abort)
    {
        while (!next.IsCompleted && IsBusy)
        {
            if (!_sent.IsCompleted) await Task.WhenAny(next, _sent);
            else if (limits.MaxAge - Age is { Ticks: > 0 } rest) await next.WaitAsync(rest, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_sent.IsCompleted) await SettleAsync();
            if (_sent.IsCompleted && _filling.Count > 0 && Age >= limits.MaxAge) await SendAsync(abort);
        }
    }

    /// <summary>Sends what is left and waits until it is in the log.</summary>
    public async ValueTask FlushAsync(CancellationToken abort)
    {
        if (_filling.Count > 0) await SendAsync(abort);
        await SettleAsync();
    }

    /// <summary>
    /// Whether it is time to say how far the input was read, though nothing came out. At once where an earlier run stopped amid the outputs of an
    /// input, and these turn out to have been all.
    /// </summary>
    private bool HasBeenQuiet(long last) =>
        last - _published.Input >= limits.MaxQuietInputs || (last > _published.Input && time.GetElapsedTime(_sentAt) >= limits.MaxQuiet)
        || (last >= _published.Input && _published.Outputs != Place.All);

    private TimeSpan Age => time.GetElapsedTime(_since);

    private async ValueTask SendAsync(CancellationToken abort)
    {
        await SettleAsync();
        _filling.AddProgress(ends.Progress, _rewind.Progress(start.Stage, start.Partition, _published.Input, _published.Outputs));
        _filling.Read = new InputPlace(start.Stage, ends.Input, _published.Outputs == Place.All ? _published.Input + 1 : _published.Input);
        (_filling, _sending, _reaches) = (_sending, _filling, _filled);
        _sentAt = time.GetTimestamp();
        _sent = writer.AppendAsync(_sending, abort).AsTask();
        if (_sent.IsCompleted) await SettleAsync();
    }

    private async ValueTask SettleAsync()
    {
        if (_sending.Count == 0) return;
        await _sent;
        _sending.Clear();
        ends.Position.Moved(_filling.Count == 0 ? _filled : _reaches);
    }
}

/// <summary>What a publisher joins: the topic of the progress, the input it is about, and where the stage's place is shown.</summary>
internal sealed record StageEnds(string Progress, TopicPartition Input, StagePosition Position);
