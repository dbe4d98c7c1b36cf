using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Contracts.Tests;

public sealed class LabelSetTests
{
    /// <summary>Few letters, all of which mean something to somebody, so that sets meet often.</summary>
    private static readonly Arbitrary<(string Name, string Text)[]> Pairs =
        (from name in Word() from text in Word() select (name, text)).ArrayOf().Where(p => p.Length < 5).ToArbitrary();

    private static readonly Arbitrary<((string, string)[], (string, string)[])> TwoSets =
        (from a in Pairs.Generator from b in Pairs.Generator select (a, b)).ToArbitrary();

    [Fact]
    public void Sets_are_equal_if_and_only_if_their_texts_are() => Prop.ForAll(TwoSets, sets =>
    {
        var (a, b) = (LabelSet.Of(sets.Item1), LabelSet.Of(sets.Item2));
        var same = a.Count == b.Count && a.Zip(b).All(p => p.First.Key == p.Second.Key && p.First.Value == p.Second.Value);
        return a.Equals(b) == same && (a.ToString() == b.ToString()) == same && (!same || a.GetHashCode() == b.GetHashCode());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Order_of_giving_does_not_matter() => Prop.ForAll(Pairs, pairs =>
    {
        var distinct = pairs.DistinctBy(p => p.Name).ToArray();
        var (forward, backward) = (LabelSet.Of(distinct), LabelSet.Of([.. distinct.Reverse()]));
        return forward.Equals(backward) && forward.Select(p => p.Key).SequenceEqual(distinct.Select(p => p.Name).Order(StringComparer.Ordinal));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_text_is_found_under_its_name_and_the_last_of_a_name_counts() => Prop.ForAll(Pairs, pairs =>
    {
        var set = LabelSet.Of(pairs);
        return pairs.All(p => set[p.Name] == pairs.Last(q => q.Name == p.Name).Text) && set["no such name"] is null;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_escapes_its_separators()
    {
        Assert.Equal(@"a\,b=c\=d,e=f\\", LabelSet.Of(("e", @"f\"), ("a,b", "c=d")).ToString());
        Assert.Equal(("", "="), (LabelSet.Empty.ToString(), LabelSet.Of(("", "")).ToString()));
    }

    [Fact]
    public void Bytes_say_what_the_text_says() => Prop.ForAll(Pairs, pairs =>
        LabelSet.Of(pairs) is var set && set.ToUtf8().AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(set.ToString()))).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Long_texts_are_written_whole()
    {
        var set = LabelSet.Of(("a", new string('é', 300)), ("b", new string(',', 300)));
        var text = "a=" + new string('é', 300) + ",b=" + string.Concat(Enumerable.Repeat(@"\,", 300));
        Assert.Equal(text, set.ToString());
        Assert.Equal(Encoding.UTF8.GetBytes(text), set.ToUtf8());
    }

    private static Gen<string> Word() => Gen.Elements(',', '=', '\\', 'a', 'B', 'é').ArrayOf().Select(c => new string(c[..Math.Min(c.Length, 3)]));
}
