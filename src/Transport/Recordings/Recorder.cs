using Pipeline.Contracts;

namespace Pipeline.Transport.Recordings;

/// <summary>Copies partitions of a log into a recording, about in the order in which the log took their records.</summary>
public sealed class Recorder(ILogReader log, RecordingWriter writer, TimeProvider time)
{
    /// <summary>While records trickle in, a kill of the process loses at most as many as come in this time.</summary>
    private static readonly TimeSpan FlushEvery = TimeSpan.FromSeconds(5);

    /// <summary>Up to the ends that the parts name, or on and on, until <paramref name="stop"/>.</summary>
    /// <param name="moved">Called after every run of records.</param>
    /// <exception cref="IOException">The disk takes no more.</exception>
    public async Task RunAsync(IReadOnlyList<RecordedPart> parts, bool follow, Action moved, CancellationToken stop)
    {
        var feeds = parts.Where(p => follow || p.From < p.End).Select(p => new RecordedFeed(log, p, stop)).ToList();
        try
        {
            for (var flushed = time.GetTimestamp(); feeds.Count > 0 && !stop.IsCancellationRequested; moved())
            {
                if (follow && time.GetElapsedTime(flushed) >= FlushEvery)
                {
                    writer.Flush();
                    flushed = time.GetTimestamp();
                }
                await WaitAsync(feeds, stop);
                if (feeds.Where(f => f.HasSlice).MinBy(f => f.Time) is not { } feed) continue;
                feed.MoveTo(writer, follow);
                if (follow || feed.IsBehind) continue;
                await feed.DisposeAsync();
                feeds.Remove(feed);
            }
        }
        finally
        {
            foreach (var feed in feeds) await feed.DisposeAsync();
        }
    }

    /// <summary>Until all that lag behind their ends have something, or where none does, until any has.</summary>
    private async Task WaitAsync(List<RecordedFeed> feeds, CancellationToken stop)
    {
        foreach (var feed in feeds.Where(f => f.IsBehind || f.IsReady)) await feed.WaitAsync();
        if (feeds.Exists(f => f.HasSlice)) return;
        Task any = Task.WhenAny(feeds.Select(f => f.WaitAsync()));
        await any.WaitAsync(FlushEvery, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

/// <summary>What is to be recorded of a partition.</summary>
/// <param name="From">The offset that it begins with.</param>
/// <param name="End">Where the partition ended when it was asked for.</param>
public sealed record RecordedPart(TopicPartition Partition, long From, long End);
