using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Processing.Tests;

public sealed class RankedSetTests
{
    private static readonly Arbitrary<(int Below, int[] Ids, int[] More)> Any =
        (from below in Gen.Choose(0, 300)
         from ids in Gen.ArrayOf(Gen.Choose(0, Math.Max(0, below - 1)))
         from more in Gen.ArrayOf(Gen.Choose(0, Math.Max(0, below - 1)))
         select below == 0 ? (0, [], []) : (below, ids, more)).ToArbitrary();

    [Fact]
    public void Every_number_is_found_at_its_place_and_no_other_is() => Prop.ForAll(Any, c =>
    {
        RankedSet set = Of(c.Below, c.Ids), more = Of(c.Below, c.More);
        set.Add(more);
        var expected = c.Ids.Concat(c.More).Distinct().Order().ToList();
        return set.Rank() == expected.Count && Listed(set).SequenceEqual(expected)
            && Enumerable.Range(0, c.Below + 200).All(id => set.PlaceOf(id) == expected.IndexOf(id));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_is_left_of_what_it_held_before() => Prop.ForAll(Any, c =>
    {
        var set = Of(c.Below, c.Ids);
        set.Begin(c.Below);
        foreach (var id in c.More) set.Add(id);
        return set.Rank() == c.More.Distinct().Count() && Listed(set).SequenceEqual(c.More.Distinct().Order());
    }).QuickCheckThrowOnFailure();

    private static RankedSet Of(int below, int[] ids)
    {
        var set = new RankedSet();
        set.Begin(below);
        foreach (var id in ids) set.Add(id);
        set.Rank();
        return set;
    }

    private static List<int> Listed(RankedSet set)
    {
        var ids = new List<int>();
        foreach (var id in set) ids.Add(id);
        return ids;
    }
}
