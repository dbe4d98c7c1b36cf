using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>A part of event time with the groups that have samples in it.</summary>
internal sealed class EventPart : LivePart
{
    private readonly HashSet<int> _members = [];

    public EventPart(long number, long offset, WatermarkRecord watermark) => (Number, FirstOffset, AtFirst) = (number, offset, watermark);

    public IReadOnlyCollection<int> Members => _members;

    /// <summary>How many live sessions begin in it.</summary>
    public int Sessions { get; set; }

    /// <summary>Whether a sample of the group is in it, or may come into it without there being more than so many groups.</summary>
    public bool Admits(int group, int max) => _members.Count < max || _members.Contains(group);

    /// <returns>Whether the group was not in it before.</returns>
    public bool Join(int group) => _members.Add(group);
}
