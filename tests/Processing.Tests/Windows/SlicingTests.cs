using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Processing.Tests;

public sealed class SlicingTests
{
    private static readonly Arbitrary<(long Size, long Slide, long Time)> Any =
        (from slide in Gen.Choose(1, 50)
         from size in Gen.Choose(slide, 200)
         from time in Gen.Choose(-500, 5000)
         select ((long)size, (long)slide, (long)time)).ToArbitrary();

    [Fact]
    public void Slice_lies_whole_in_every_window_that_touches_it() => Prop.ForAll(Any, c =>
    {
        var slicing = new Slicing(c.Size, c.Slide);
        var slice = slicing.SliceOf(c.Time);
        var ends = Ends(c.Size, c.Slide, c.Time);
        return slicing.FirstEndOf(slice) == ends.Min() && slicing.LastEndOf(slice) == ends.Max()
            && ends.All(e => slicing.SliceOf(e - c.Size) <= slice && slice < slicing.SliceOf(e));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Next_end_is_the_first_one_later() => Prop.ForAll(Any, c =>
    {
        var slicing = new Slicing(c.Size, c.Slide);
        var next = slicing.NextEnd(c.Time);
        return next > c.Time && next - c.Slide <= c.Time && (next - c.Size) % c.Slide == 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Start_at_or_after_is_the_first_one_not_before() => Prop.ForAll(Any, c =>
    {
        var start = new Slicing(c.Size, c.Slide).StartAtOrAfter(c.Time);
        return start >= c.Time && start - c.Slide < c.Time && start % c.Slide == 0;
    }).QuickCheckThrowOnFailure();

    private static List<long> Ends(long size, long slide, long time) =>
        [.. Enumerable.Range(-1000, 10_000).Select(m => m * slide).Where(start => start <= time && time < start + size).Select(start => start + size)];
}
