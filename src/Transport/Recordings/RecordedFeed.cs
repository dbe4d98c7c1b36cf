using Pipeline.Contracts;

namespace Pipeline.Transport.Recordings;

/// <summary>The slices of a partition that is being recorded.</summary>
internal sealed class RecordedFeed(ILogReader log, RecordedPart part, CancellationToken stop) : IAsyncDisposable
{
    private readonly SliceFeed _feed = new(log, part.Partition, part.From, stop);
    private long _next = part.From;

    public bool HasSlice => _feed.Next is { IsCompletedSuccessfully: true, Result: true };

    /// <summary>It has a slice, or will never have one.</summary>
    public bool IsReady => _feed.Next.IsCompleted;

    /// <summary>It has not come to where the partition ended when the recording began, so there is something to wait for.</summary>
    public bool IsBehind => _next < part.End;

    /// <summary>When the log took the first record of the slice.</summary>
    public long Time => _feed.Current.Count > 0 ? _feed.Current[0].Time : long.MinValue;

    /// <summary>Until there is a slice, or none will come any more.</summary>
    public async Task WaitAsync() => await _feed.Next;

    /// <summary>Writes the slice, up to the end unless what comes after is wanted too.</summary>
    public void MoveTo(RecordingWriter writer, bool follow)
    {
        var slice = _feed.Current;
        for (var i = 0; i < slice.Count; i++)
            if (follow || slice[i].Offset < part.End) writer.Add(part.Partition, slice[i]);
        _next = slice.NextOffset;
        _feed.Advance();
    }

    public ValueTask DisposeAsync() => _feed.DisposeAsync();
}
