using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>
/// The settings that decide what becomes of a record, by its offset. Settings that were changed between two runs hold from the first input on
/// that the earlier run has not published: about those before it a rewind decides as that run did, or what it closed then would be closed by
/// other inputs, and be missing or there twice.
/// </summary>
public sealed class RulesByInput
{
    private readonly InputRules[] _all;

    /// <param name="options">The settings of this run.</param>
    /// <param name="progress">What it goes on from.</param>
    public RulesByInput(ProcessingOptions options, Progress? progress)
    {
        var now = new InputRules(0, (long)options.MaxFuture.TotalMilliseconds, (long)options.QuietAfter.TotalMilliseconds, options.MaxSources);
        _all = progress?.Rules is not [.., var last] ? [now]
            : now == last with { From = 0 } ? [.. progress.Rules]
            : [.. progress.Rules, now with { From = progress.PublishedThrough + 1 }];
    }

    public InputRules At(long offset) => _all[IndexAt(offset)];

    /// <summary>Those of an input and all after it.</summary>
    public IReadOnlyList<InputRules> Since(long offset) => _all[IndexAt(offset)..];

    private int IndexAt(long offset)
    {
        var index = _all.Length - 1;
        while (index > 0 && _all[index].From > offset) index--;
        return index;
    }
}
