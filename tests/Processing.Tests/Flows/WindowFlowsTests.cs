using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests.Flows;

public sealed class WindowFlowsTests
{
    private static readonly Dictionary<string, string> KeyLabels = new() { ["load"] = "host" };
    private static readonly WindowOptions Ten = new() { Name = "ten", Metric = "load.value", Size = TimeSpan.FromSeconds(10), By = ["host"] };
    private static readonly WindowOptions Spanning = Ten with { Name = "spanning", By = ["region"] };
    private static readonly WindowOptions Long = new() { Name = "long", Of = "ten", Metric = "load.value", Size = TimeSpan.FromMinutes(10), By = ["host"] };
    private static readonly WindowOptions Session = Ten with { Name = "session", Kind = WindowKind.Session, Gap = TimeSpan.FromSeconds(2), Size = TimeSpan.FromMinutes(1) };
    private static readonly ProcessingOptions Options = new() { MaxFuture = TimeSpan.FromSeconds(30) };

    [Fact]
    public void Windows_are_planned_by_where_their_groups_lie_and_what_is_made_of_them()
    {
        var plans = Plans(Ten, Spanning, Long, Session);
        Assert.Equal([false, true, false, false], plans.Select(p => p.SpansPartitions));
        Assert.Equal([false, true, true, false], plans.Select(p => p.IsMerged));
        Assert.Equal([true, true, false, false], plans.Select(p => p.IsRebuilt));
        Assert.Equal(["long", "", "", ""], plans.Select(p => string.Join(",", p.PartOf.Select(l => l.Name))));
        Assert.Equal("ten", plans[2].Definition.Of!.Name);
    }

    [Fact]
    public void Nothing_has_changed_under_the_same_windows_in_whatever_order()
    {
        Assert.Null(Change(Written(Ten, Spanning), Spanning, Ten));
        Assert.Null(Change(Written()));
    }

    [Fact]
    public void Window_that_is_gone_is_forgotten_and_nothing_is_read_again()
    {
        var progress = Written(Ten, Spanning) with { Rebuilds = Plans(Ten, Spanning).ToDictionary(p => p.Definition.Id, _ => new Rebuild(1, 2)) };
        var change = Change(progress, Ten)!;
        Assert.Equal([IdOf(Ten)], change.Kept.Since.Keys);
        Assert.Equal([IdOf(Ten)], change.Kept.Rebuilds!.Keys);
        Assert.Empty(change.Added);
        Assert.Null(change.NeedsFrom);
        Assert.NotNull(change.Then);
    }

    [Fact]
    public void Window_that_is_added_begins_with_the_first_that_ends_after_what_was_reached()
    {
        var change = Change(Written(Ten) with { Reached = 100_000 }, Ten, Spanning)!;
        Assert.Equal((IdOf(Spanning), 100_000L), (Assert.Single(change.Added).Definition.Id, change.Added[0].Start));
        Assert.Equal(70_000, change.NeedsFrom);
        Assert.Equal(90_000, Change(Written(Ten) with { Reached = 99_999 }, Ten, Spanning)!.Added[0].Start);
        Assert.Equal(100_000, Change(Written(Ten) with { Reached = 100_001 }, Ten, Spanning)!.Added[0].Start);
    }

    [Fact]
    public void Window_that_is_changed_from_a_merged_to_a_merged_one_begins_a_minute_before()
    {
        var progress = Written(Spanning) with { Reached = 200_000 };
        var changed = Spanning with { Size = TimeSpan.FromSeconds(20) };
        Assert.Equal(140_000 - 20_000 + 20_000, Change(progress, changed)!.Added[0].Start);
        Assert.Equal(200_000, Change(Written(Spanning) with { Reached = 200_000 }, Spanning, changed with { Name = "other" })!.Added[0].Start);
        Assert.Equal(200_000, Change(progress, changed with { By = ["host"] })!.Added[0].Start);
        Assert.Equal(0, Change(Written(Spanning) with { Reached = 50_000 }, changed)!.Added[0].Start);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(long.MinValue)]
    public void Window_that_is_added_before_anything_was_reached_has_always_been(long? reached) =>
        Assert.Equal(0, Change(Written(Ten) with { Reached = reached }, Ten, Spanning)!.Added[0].Start);

    [Fact]
    public void Sessions_and_long_windows_are_not_read_again()
    {
        var change = Change(Written(Ten) with { Reached = 100_000, MaxTime = 104_999 }, Ten, Long, Session)!;
        Assert.All(change.Added, a => Assert.Null(a.Start));
        Assert.Null(change.NeedsFrom);
        var begun = change.Rebuilt(from: 3, left: null);
        Assert.Empty(begun.Rebuilds!);
        Assert.Equal((110_000L, 107_000L), (begun.Since[IdOf(Long, Ten)], begun.Since[IdOf(Session)]));
        Assert.Equal(begun.Since, change.NotRebuilt().Since);
    }

    [Fact]
    public void What_was_added_reads_again_from_the_earliest_that_one_of_them_needs()
    {
        var change = Change(Written(Session) with { Reached = 200_000 }, Session, Ten, Spanning with { Size = TimeSpan.FromSeconds(60) })!;
        Assert.Equal([200_000L, 180_000L], change.Added.OrderBy(a => a.Definition.Slicing.Size).Select(a => a.Start!.Value));
        Assert.Equal(150_000, change.NeedsFrom);
    }

    [Fact]
    public void Progress_to_begin_from_says_what_is_read_again_and_from_when_on_it_is_whole()
    {
        var old = new Dictionary<string, Rebuild> { [IdOf(Ten)] = new(1, 2) };
        var change = Change(Written(Ten) with { Reached = 100_000, PublishedThrough = 44, MaxTime = 120_000, Rebuilds = old }, Ten, Spanning)!;

        var begun = change.Rebuilt(from: 17, left: null);
        Assert.Equal((100_000L, 0L, 44L), (begun.Since[IdOf(Spanning)], begun.Since[IdOf(Ten)], begun.ChangedAfter));
        Assert.Equal((new Rebuild(17, 44), new Rebuild(1, 2)), (begun.Rebuilds![IdOf(Spanning)], begun.Rebuilds[IdOf(Ten)]));

        Assert.Equal(110_000, change.Rebuilt(17, left: 79_999).Since[IdOf(Spanning)]); // what the log took then may be of 30 s later
        Assert.Equal(120_000, change.Rebuilt(17, left: 80_000).Since[IdOf(Spanning)]);
        Assert.Equal(100_000, change.Rebuilt(17, left: 1000).Since[IdOf(Spanning)]);

        var without = change.NotRebuilt();
        Assert.Equal((130_000L, 0L, 44L), (without.Since[IdOf(Spanning)], without.Since[IdOf(Ten)], without.ChangedAfter));
        Assert.Equal(old, without.Rebuilds);
    }

    [Fact]
    public void Windows_of_then_are_unknown_where_one_of_them_means_nothing_to_this_version()
    {
        var progress = Written(Spanning) with { Reached = 200_000 };
        var unknown = progress with { Since = new Dictionary<string, long>(progress.Since) { ["?"] = 0 } };
        Assert.Equal("windows", Change(progress, Ten)!.Then!.Name);
        Assert.Null(Change(unknown, Ten)!.Then);
        Assert.Equal(200_000, Change(unknown, Spanning with { Size = TimeSpan.FromSeconds(20) })!.Added[0].Start);
    }

    [Fact]
    public void Stages_keep_books_under_their_own_names()
    {
        var ledger = new Ledger();
        foreach (var flow in new WindowFlows(Plans(Ten, Long), new Topics(), 1, Options, ledger).All)
            using (flow.Build(System.Reactive.Linq.Observable.Empty<LogSlice>(), new FlowStart(0, null)).Subscribe(_ => { })) { }
        Assert.Equal(
            ["partials of other windows", "stage merge", "stage windows", "window ten"], // what is merged is heard of in its input
            ledger.Read().Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Promises_that_are_read_again_for_a_rebuild_move_nothing()
    {
        var progress = new Progress("windows", 0, 5, new WatermarkRecord(10_000, []), 5, -1, 0, Plans(Ten).ToDictionary(p => p.Definition.Id, _ => 0L));
        var slices = new SliceBuilder("observations") { From = 4 };
        slices.Add("tick", """{"kind":"tick","source":"node","time":15000}""");
        Assert.Equal(10_000, Reached());
        slices.Add("tick", """{"kind":"tick","source":"node","time":20000}""");
        Assert.Equal(20_000, Reached());

        long? Reached()
        {
            long? reached = null;
            using var slice = new System.Reactive.Subjects.Subject<LogSlice>();
            using var flow = new WindowFlows(Plans(Ten), new Topics(), 1, Options, new Ledger()).Windows.Build(slice, new FlowStart(0, progress)).Subscribe(o => reached = o.Rewind.Reached);
            slice.OnNext(slices.Build());
            return reached;
        }
    }

    private static IReadOnlyList<WindowPlan> Plans(params WindowOptions[] windows) => WindowPlan.Of(windows, KeyLabels);

    private static FlowChange? Change(Progress progress, params WindowOptions[] windows) =>
        new WindowFlows(Plans(windows), new Topics(), 2, Options, new Ledger()) { KeyLabels = KeyLabels }.Windows.ChangeSince(progress);

    private static string IdOf(WindowOptions window, WindowOptions? of = null) => new WindowDefinition(window, of is null ? null : new WindowDefinition(of)).Id;

    private static Progress Written(params WindowOptions[] windows) =>
        new("windows", 0, 10, Watermark.None, 20, -1, 0, Plans(windows).ToDictionary(p => p.Definition.Id, _ => 0L));
}
