using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>
/// Who is alive, as the records of the members' topic tell. Silence is measured in one's own signs of life that have come back meanwhile: while
/// Kafka itself is away nobody is heard, and nobody is taken for dead.
/// </summary>
/// <param name="run">Signs under one's own name that another run gave are those of whom one goes on for.</param>
/// <param name="maxMissed">So many signs of one's own without one of another's, and that one is dead.</param>
/// <param name="deadAfter">In milliseconds: who was last heard so long before one's own first sign was dead already.</param>
internal sealed class MemberView(string self, string run, int maxMissed, long deadAfter)
{
    private readonly Dictionary<string, Heard> _heard = [];
    private long _ownBeats;

    /// <summary>Takes one record in.</summary>
    /// <param name="time">When the log took it, Unix milliseconds.</param>
    /// <returns>Whether shares may have changed.</returns>
    public bool Hear(MemberBeat beat, long time)
    {
        var before = _heard.GetValueOrDefault(beat.Member);
        if (beat.IsLeaving) return _heard.Remove(beat.Member);
        var isOwn = beat.Member == self && beat.Run == run;
        if (isOwn) _ownBeats++;
        _heard[beat.Member] = new Heard(beat.Works, _ownBeats, time);
        var changed = before is null || !before.Works.SequenceEqual(beat.Works) || (isOwn && _ownBeats == 1);
        return (isOwn && BuryTheSilent(time)) || changed;
    }

    /// <summary>The living who share a work, in the order of their names; nobody until one's own first sign has come back.</summary>
    public IReadOnlyList<string> Sharing(string work) =>
        _ownBeats == 0 ? [] : [.. _heard.Where(h => h.Value.Works.Contains(work)).Select(h => h.Key).Order(StringComparer.Ordinal)];

    private bool BuryTheSilent(long time)
    {
        var silent = _heard.Where(h => h.Value.Beat + maxMissed <= _ownBeats || (_ownBeats == 1 && h.Value.Time < time - deadAfter)).Select(h => h.Key).ToList();
        foreach (var one in silent) _heard.Remove(one);
        return silent.Count > 0;
    }

    private sealed record Heard(IReadOnlyList<string> Works, long Beat, long Time);
}
