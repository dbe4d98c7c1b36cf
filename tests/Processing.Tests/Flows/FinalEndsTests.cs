using Pipeline.Contracts;

namespace Pipeline.Processing.Tests.Flows;

public sealed class FinalEndsTests
{
    private static readonly WindowOptions Options = new() { Name = "w", Metric = "load.value", Size = TimeSpan.FromSeconds(10), Lateness = TimeSpan.FromSeconds(3) };
    private static readonly WindowPlan Within = new(new WindowDefinition(Options), SpansPartitions: false);
    private static readonly WindowPlan Spanning = new(new WindowDefinition(Options with { By = ["region"] }), SpansPartitions: true);

    [Fact]
    public void Window_within_partitions_is_final_where_the_slowest_of_them_has_passed_its_lateness() =>
        Assert.Equal(497_000, FinalEnds.Of(Within, [At(500_000, Within), At(600_000, Within)], [null, null], []).Last);

    [Fact]
    public void Window_that_is_merged_waits_for_the_merge_and_for_what_a_change_may_bring_back() =>
        Assert.Equal(337_000, FinalEnds.Of(Spanning, [At(500_000, Spanning), At(600_000, Spanning)], [At(450_000, Spanning), At(400_000, Spanning)], []).Last);

    [Fact]
    public void Long_window_waits_for_the_merge_however_its_groups_lie()
    {
        var longer = new WindowPlan(new WindowDefinition(Options with { Name = "long", Of = "w", Size = TimeSpan.FromSeconds(60) }, Within.Definition), SpansPartitions: false);
        Assert.Equal(337_000, FinalEnds.Of(longer, [At(500_000, Within)], [At(400_000, longer)], []).Last);
    }

    [Fact]
    public void Window_that_was_merged_under_its_name_before_waits_for_the_merge_too() =>
        Assert.Equal(337_000, FinalEnds.Of(Within, [At(500_000, Within), At(600_000, Within)], [At(400_000, Spanning), At(450_000)], []).Last);

    [Fact]
    public void Window_that_the_merge_is_yet_to_hear_of_waits_for_it_too() =>
        Assert.Equal(337_000, FinalEnds.Of(Within, [At(500_000, Within), At(600_000, Within)], [At(400_000), At(450_000)], [Spanning.Definition.Id]).Last);

    [Fact]
    public void Window_that_the_merge_has_heard_of_from_some_partitions_waits_for_it_too() =>
        Assert.Equal(337_000, FinalEnds.Of(Within, [At(500_000, Within)], [At(400_000) with { Named = new Dictionary<string, NamedWindow> { [Spanning.Definition.Id] = new(0, new Dictionary<string, NodeNaming>()) } }], []).Last);

    [Fact]
    public void Longer_lateness_of_an_earlier_definition_holds_as_long_as_it_is_computed()
    {
        var patient = new WindowPlan(new WindowDefinition(Options with { Lateness = TimeSpan.FromSeconds(100) }), SpansPartitions: false);
        Assert.Equal(400_000, FinalEnds.Of(Within, [At(500_000, patient), At(600_000, Within)], [null, null], []).Last);
    }

    [Fact]
    public void Progress_that_says_nothing_of_what_was_reached_counts_by_its_rewind_point() =>
        Assert.Equal(97_000, FinalEnds.Of(Within, [At(500_000, Within) with { Reached = null, AtRewind = new WatermarkRecord(100_000, []) }], [null], []).Last);

    [Fact]
    public void Nothing_is_final_before_every_partition_has_told()
    {
        Assert.StartsWith("The stage windows has told of no watermark on partition 1.", FinalEnds.Of(Within, [At(500_000, Within), null], [null, null], []).Why, StringComparison.Ordinal);
        Assert.Equal(
            (null, "The stage merge has told of no watermark on partition 1. Let it run for some seconds; if it runs, some source does not tick."),
            Both(FinalEnds.Of(Spanning, [At(500_000, Spanning), At(600_000, Spanning)], [At(400_000, Spanning), null], [])));
    }

    [Fact]
    public void Nothing_is_final_where_stages_of_another_version_compute_what_is_not_known()
    {
        var (last, why) = Both(FinalEnds.Of(Within, [At(500_000, Within) with { Since = new Dictionary<string, long> { ["?"] = 0 } }], [null], []));
        Assert.Null(last);
        Assert.EndsWith("Rebuild with the version that they run.", why, StringComparison.Ordinal);
    }

    private static (long?, string?) Both(FinalEnds ends) => (ends.Last, ends.Why);

    private static Progress At(long reached, params WindowPlan[] windows) =>
        new("s", 0, 0, Watermark.None, 0, -1, 0, windows.ToDictionary(w => w.Definition.Id, _ => 0L)) { Reached = reached };
}
