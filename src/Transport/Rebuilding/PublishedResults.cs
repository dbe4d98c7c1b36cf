namespace Pipeline.Transport.Rebuilding;

/// <summary>
/// What the log says of some ends, as fingerprints of about 64 bytes a result. Where there are more than it may hold, it takes on fewer ends;
/// those of one end it holds all.
/// </summary>
internal sealed class PublishedResults(EndRange ends, int maxHeld)
{
    private readonly EndRange _wanted = ends;
    private readonly Dictionary<UInt128, PublishedResult> _held = [];
    private int _maxHeld = maxHeld;

    /// <summary>The ends that it speaks of.</summary>
    public EndRange Ends { get; private set; } = ends;

    public int Count => _held.Count;
    public long NotWhole { get; private set; }
    public long NotFinal { get; private set; }

    public void Add(in ResultText text)
    {
        if (text.End < _wanted.First || text.End > _wanted.Last) CountOutside(text);
        else if (text.End <= Ends.Last && !(_held.TryGetValue(text.Key, out var known) && known.Revision > text.Revision))
        {
            _held[text.Key] = new PublishedResult(text.Content, text.End, text.Revision, text.Count > 0);
            if (_held.Count > _maxHeld) Cut();
        }
    }

    /// <summary>The last that was published of a result, which is then let go of; null where there is none.</summary>
    public PublishedResult? Take(UInt128 key) => _held.Remove(key, out var result) ? result : null;

    /// <summary>Lets go of a result if this is the last that was published of it.</summary>
    public bool TakeLast(in ResultText text) => _held.TryGetValue(text.Key, out var last) && last.Revision == text.Revision && _held.Remove(text.Key);

    /// <summary>Of what was not let go of, keeps what is to be taken back.</summary>
    /// <returns>How many results were taken back already.</returns>
    public long KeepMissed()
    {
        var before = _held.Count;
        foreach (var (key, result) in _held)
            if (!result.IsValid) _held.Remove(key);
        return before - _held.Count;
    }

    /// <summary>Every result has one first revision.</summary>
    private void CountOutside(in ResultText text)
    {
        if (text.Revision > 1) return;
        if (text.End < _wanted.First) NotWhole++;
        else NotFinal++;
    }

    private void Cut()
    {
        var held = _held.Values.Select(h => h.End).Order().ToArray();
        var last = held[held.Length / 2] < held[^1] ? held[held.Length / 2] : held[^1] - 1;
        if (last < held[0]) _maxHeld *= 2; // they are of one end
        else Ends = Ends with { Last = last };
        foreach (var (key, result) in _held)
            if (result.End > Ends.Last) _held.Remove(key);
    }
}

/// <param name="IsValid">It has not been taken back.</param>
internal readonly record struct PublishedResult(UInt128 Content, long End, int Revision, bool IsValid);
