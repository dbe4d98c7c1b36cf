using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>How the windows of a flow differ from those that a progress was written under.</summary>
/// <param name="Then">Computes the windows of then; null where they cannot be told any more.</param>
/// <param name="Kept">The progress without what is no longer computed.</param>
/// <param name="Added">What was not computed then.</param>
/// <param name="MaxFuture">How far a record may be ahead of the log's clock, milliseconds.</param>
public sealed record FlowChange(Flow? Then, Progress Kept, IReadOnlyList<AddedWindow> Added, long MaxFuture)
{
    /// <summary>When the log took, at the earliest, the samples that what was added begins with, Unix milliseconds; null where nothing is read again.</summary>
    public long? NeedsFrom => Added.Min(a => a.Start) - MaxFuture;

    /// <summary>The progress to begin from.</summary>
    /// <param name="from">The offset of the first record to read again.</param>
    /// <param name="left">When the log took that record, where it has lost those before it; Unix milliseconds.</param>
    public Progress Rebuilt(long from, long? left)
    {
        var since = Kept.Since.ToDictionary();
        var rebuilds = Kept.Rebuilds?.ToDictionary() ?? [];
        foreach (var (definition, start) in Added)
        {
            since[definition.Id] = start is null ? definition.WholeSince(Kept) : definition.Slicing.StartAtOrAfter(Math.Max(start.Value, left + MaxFuture + 1 ?? 0));
            if (start is not null) rebuilds[definition.Id] = new Rebuild(from, Kept.PublishedThrough);
        }
        return Kept with { Since = since, Rebuilds = rebuilds, ChangedAfter = Kept.PublishedThrough };
    }

    /// <summary>The progress to begin from without reading anything again: what was added begins after everything that was seen.</summary>
    public Progress NotRebuilt() => Kept with
    {
        Since = Kept.Since.Concat(Added.Select(a => KeyValuePair.Create(a.Definition.Id, a.Definition.WholeSince(Kept)))).ToDictionary(),
        ChangedAfter = Kept.PublishedThrough,
    };
}

/// <param name="Start">Of its first window, Unix milliseconds; 0 where it has always been, null where nothing is read again for it.</param>
public sealed record AddedWindow(WindowDefinition Definition, long? Start);
