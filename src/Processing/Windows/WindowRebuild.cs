using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// How a definition that was added to a stage takes what came before: only samples, as if none were late and no window due, up to the input
/// that was published through when it was added.
/// </summary>
internal sealed class WindowRebuild(Rebuild inputs)
{
    private WatermarkRecord? _after;
    private long _advanced;

    /// <summary>How long before its partition's boundary a changed window begins where it is merged: the partitions change one after the other. Milliseconds.</summary>
    public const long Overlap = 60_000;

    public Rebuild Inputs => inputs;

    /// <param name="since">Windows that begin before this are not wanted.</param>
    public bool Takes(in Sample sample, long since) => sample.Cause > inputs.Through || (sample.Cause >= inputs.From && sample.Time >= since);

    /// <param name="before">The watermark as it stood before.</param>
    public bool Advances(in Signal signal, WatermarkRecord before)
    {
        if (signal.Cause <= inputs.Through) return false;
        if (_after is null) (_after, _advanced) = (before, signal.Cause);
        return true;
    }

    /// <summary>Whether a restart has to read the same again: not only what was read up to the end, but all until the watermark first moved was taken as if not late.</summary>
    public bool IsNeeded(LivePart? earliest) => _after is null || earliest?.FirstOffset < _advanced;

    /// <summary>Where the ordinary part of such a restart begins at the latest.</summary>
    public (long Offset, WatermarkRecord Watermark) End(WatermarkRecord now) => (inputs.Through + 1, _after ?? now);
}
