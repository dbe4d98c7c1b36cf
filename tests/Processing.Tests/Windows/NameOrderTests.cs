using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class NameOrderTests
{
    /// <summary>Words that lie in one stretch of eight bytes or go beyond it, and some that only zeros tell apart.</summary>
    private static readonly Gen<string> Word = Gen.Elements("", "a", "b", "\0", "\0\0", "ä", "1234567", "12345678", "123456789", "a,=b");

    private static readonly Gen<WindowGroup> Group =
        from words in Gen.ArrayOf(Word, 5)
        from metric in Gen.Frequency((30, Gen.Constant("m")), (1, Gen.Constant("k")))
        select new WindowGroup(0, metric, LabelSet.Of(("host", string.Concat(words)), ("place", words[0])));

    [Fact]
    public void Order_is_that_of_whole_names() => Prop.ForAll(
        (from size in Gen.Choose(0, 300) from groups in Gen.ArrayOf(Group, size) select groups).ToArbitrary(),
        groups =>
        {
            var sorted = groups.ToArray();
            NameOrder.Sort(sorted);
            return sorted.Select(Name).SequenceEqual(groups.Order().Select(Name));
        }).Check(1000);

    [Fact]
    public void Names_of_zeros_of_every_length_have_an_order_too()
    {
        var groups = Enumerable.Range(0, 100).Select(zeros => new WindowGroup(0, "m", LabelSet.Of(("host", new string('\0', zeros))))).ToArray();
        var sorted = groups.Reverse().ToArray();
        NameOrder.Sort(sorted);
        Assert.Equal(groups, sorted);
    }

    private static string Name(WindowGroup group) => group.Metric + " " + group.Labels;
}
