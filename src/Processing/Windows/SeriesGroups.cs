namespace Pipeline.Processing;

/// <summary>Which group of one definition each series belongs to, as far as it is known.</summary>
internal sealed class SeriesGroups
{
    /// <summary>It belongs to none.</summary>
    public const int None = -2;
    private const int Unknown = -1;

    private int[] _groups = [], _next = [], _members = [];

    /// <summary>The group's number, or a negative one.</summary>
    public int this[int series] => _groups[series];

    /// <summary>The same by series, until the next change.</summary>
    public int[] Numbers => _groups;

    /// <summary>Makes room for series up to a number.</summary>
    public void Grow(int count)
    {
        var known = _groups.Length;
        Arrays.Grow(ref _groups, count);
        Arrays.Grow(ref _next, count);
        Array.Fill(_groups, Unknown, known, _groups.Length - known);
    }

    /// <summary>The numbers of series mean others now.</summary>
    public void Clear()
    {
        Array.Fill(_groups, Unknown);
        Array.Fill(_members, Unknown);
    }

    public void Exclude(int series) => _groups[series] = None;

    public void Join(int series, int group)
    {
        Reserve(group + 1);
        _groups[series] = group;
        (_next[series], _members[group]) = (_members[group], series);
    }

    /// <summary>Groups have other numbers now.</summary>
    /// <param name="numbers">Of those from a number on.</param>
    public void Renumber(int from, ReadOnlySpan<int> numbers)
    {
        Reserve(from + numbers.Length);
        var members = new int[numbers.Length];
        for (var i = 0; i < members.Length; i++)
        {
            members[numbers[i] - from] = _members[from + i];
            for (var series = _members[from + i]; series >= 0; series = _next[series]) _groups[series] = numbers[i];
        }
        members.CopyTo(_members.AsSpan(from));
    }

    /// <summary>The group's number means nothing any more.</summary>
    public void Forget(int group)
    {
        if (group >= _members.Length) return;
        for (var series = _members[group]; series >= 0; series = _next[series]) _groups[series] = Unknown;
        _members[group] = Unknown;
    }

    private void Reserve(int groups)
    {
        var known = _members.Length;
        Arrays.Grow(ref _members, groups);
        Array.Fill(_members, Unknown, known, _members.Length - known);
    }
}
