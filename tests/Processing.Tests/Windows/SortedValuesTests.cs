using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Processing.Tests;

public sealed class SortedValuesTests
{
    private static readonly Gen<double> Value = Gen.OneOf(
        Gen.Choose(-9, 9).Select(v => v / 2.0), // equal ones now and then
        Gen.Choose(-1_000_000, 1_000_000).Select(v => v * 1e-3),
        Gen.Elements(double.MaxValue, double.MinValue, double.Epsilon, 0.0));

    private static readonly Arbitrary<(double[] Kept, double[] Old, double[] Added)> Any =
        (from size in Gen.Choose(0, SortedValues.Most)
         from olds in Gen.Choose(0, size)
         from addeds in Gen.Choose(0, SortedValues.Most - size + olds)
         from kept in Gen.ArrayOf(Value, size - olds)
         from old in Gen.ArrayOf(Value, olds)
         from added in Gen.ArrayOf(Value, addeds)
         select (kept, old, added)).ToArbitrary();

    [Fact]
    public void Few_and_many_are_sorted_equal_ones_too() => Prop.ForAll(
        (from size in Gen.Choose(0, 40) from values in Gen.ArrayOf(Value, size) select values).ToArbitrary(),
        values =>
        {
            double[] sorted = [.. values];
            SortedValues.Sort(sorted);
            return sorted.SequenceEqual(values.Order());
        }).Check(2000);

    [Fact]
    public void Exchange_leaves_what_was_not_taken_out_and_what_was_put_in_and_nothing_beside_them_changes() => Prop.ForAll(Any, c =>
    {
        double[] before = [.. c.Kept.Concat(c.Old).Order()], after = [.. c.Kept.Concat(c.Added).Order()];
        var room = new double[Math.Max(before.Length, after.Length) + 1];
        Array.Fill(room, 42);
        before.CopyTo(room, 0);
        SortedValues.Exchange(room.AsSpan(..^1), before.Length, c.Old, c.Added);
        return room.AsSpan(0, after.Length).SequenceEqual(after) && room[^1] == 42;
    }).Check(2000);
}
