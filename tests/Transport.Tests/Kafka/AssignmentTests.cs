using FsCheck;
using FsCheck.Fluent;
using Pipeline.Transport.Kafka;

namespace Pipeline.Transport.Tests.Kafka;

public sealed class AssignmentTests
{
    [Fact]
    public void Every_partition_has_one_owner_and_loads_differ_by_one_at_most() => Prop.ForAll(Gen.Choose(1, 12).Two().ToArbitrary(), (sizes) =>
    {
        var members = Members(sizes.Item1);
        var shares = members.Select(m => Assignment.Of(m, members, "windows", sizes.Item2)).ToList();
        var owned = shares.SelectMany(s => s).Order().ToList();
        return owned.SequenceEqual(Enumerable.Range(0, sizes.Item2)) && shares.Max(s => s.Count) - shares.Min(s => s.Count) <= 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Most_partitions_stay_where_they_are_when_a_member_leaves()
    {
        var before = Members(4);
        var after = before.Skip(1).ToList();
        var kept = after.Sum(m => Assignment.Of(m, before, "windows", 64).Intersect(Assignment.Of(m, after, "windows", 64)).Count());
        Assert.True(kept >= 40, $"Of the 48 partitions whose owner stayed, {kept} stayed with it.");
    }

    [Fact]
    public void Nobody_owns_anything_where_there_is_nobody() => Assert.Empty(Assignment.Of("a", [], "windows", 4));

    private static List<string> Members(int count) => [.. Enumerable.Range(0, count).Select(i => $"host-{i}")];
}
