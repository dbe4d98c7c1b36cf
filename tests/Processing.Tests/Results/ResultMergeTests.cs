using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

public sealed class ResultMergeTests
{
    private static readonly WindowOptions Ten = WindowTests.Window(10) with { Name = "w", By = ["host"], Quantiles = [0.5, 0.95] };

    [Fact]
    public void Only_results_of_the_window_and_the_metric_whose_ends_are_in_the_range_are_merged()
    {
        var results = Results(Ten with { Metric = "load.*" }, d => d
            .Sample(1000, 1).Sample(11_000, 2).Sample(21_000, 4).Sample(31_000, 8).Sample(12_000, 100, metric: "load.other"));
        var merged = Merged(new MergeQuery("w", [], 20_000, 30_000) { Metric = "load.value" }, [.. results, results[1] with { Window = "other" }]);

        var group = Assert.Single(merged.Groups);
        Assert.Equal((2, 6.0, 10_000L, 30_000L), (group.Parts, group.Result.Sum, group.Result.Start, group.Result.End));
    }

    [Fact]
    public void Metrics_are_kept_apart()
    {
        var results = Results(Ten with { Metric = "load.*" }, d => d.Sample(1000, 1, metric: "load.b").Sample(1000, 2, "host=b", "load.b").Sample(1000, 4, metric: "load.a"));
        Assert.Equal([("load.a", 1L), ("load.b", 2L)], Merged(new("w", []), results).Groups.Select(g => (g.Result.Metric, g.Result.Count)));
    }

    [Fact]
    public void Result_that_was_taken_back_is_in_none()
    {
        var session = Ten with { Kind = WindowKind.Session, Gap = TimeSpan.FromSeconds(2), Size = TimeSpan.FromMinutes(1), Lateness = TimeSpan.FromSeconds(20) };
        var results = Results(session, d => { d.Sample(1000, 1).Sample(4000, 2).Advance(10_000); d.Sample(2500, 4); });

        Assert.Contains(results, r => r.Count == 0);
        var group = Assert.Single(Merged(new("w", []), results).Groups);
        Assert.Equal((1, 3L, 7.0), (group.Parts, group.Result.Count, group.Result.Sum));
    }

    [Fact]
    public void What_cannot_be_merged_is_counted_by_reason()
    {
        var results = Results(Ten, d => d.Sample(1000, 1).Sample(1000, 2, "host=b").Sample(1000, 3, "host=c").Sample(1000, 4, "host=d"));
        var merge = new ResultMerge(new("w", ["host"]), most: 10);
        merge.Add(null);
        merge.Add(results[0]);
        merge.Add(results[1] with { Labels = LabelSet.Of(("overflow", "true")) });
        merge.Add(results[2] with { Sketch = [] });
        merge.Add(results[3] with { Sketch = [9, 9, 9] });

        Assert.Equal(1, Assert.Single(merge.Merge().Groups).Result.Sum);
        Assert.Equal(new LeftOutOfMerge(Overlapping: 0, Unlabelled: 1, WithoutSketch: 1, Unreadable: 2), merge.Merge().LeftOut);
    }

    [Fact]
    public void Figure_that_one_part_lacks_or_has_otherwise_is_not_known_of_all()
    {
        var asked = Ten with { Statistics = new() { StandardDeviation = true, Above = [1], Distinct = "host" } };
        WindowResult[] results =
        [
            .. Results(asked, d => d.Sample(1000, 1)),
            .. Results(asked with { Statistics = new() { Above = [2], Distinct = "host" } }, d => d.Sample(11_000, 2, "host=b")),
        ];
        var result = Assert.Single(Merged(new("w", []), results).Groups).Result;

        Assert.Equal((null, null, 2L), (result.StandardDeviation, result.Above, result.Distinct));
        Assert.Equal(["distinct"], result.States!.Keys);
    }

    [Fact]
    public void Rate_of_increase_is_per_second_of_the_time_that_results_cover()
    {
        var counter = Ten with { Statistics = new() { Increase = true } };
        var results = Results(counter, d => d.Sample(1000, 0).Sample(1000, 0, "host=b").Sample(11_000, 30).Sample(51_000, 60));
        var result = Assert.Single(Merged(new("w", []), results).Groups).Result;
        Assert.Equal((60.0, 2.0), (result.Increase, result.IncreaseRate)); // [0, 20) and [50, 60)
    }

    [Fact]
    public void Quantiles_are_not_beyond_the_extremes()
    {
        var results = Results(Ten, d => { for (var i = 0; i < 100; i++) d.Sample(i, 1); });
        var result = Assert.Single(Merged(new("w", []), results).Groups).Result;
        Assert.Equal((100L, 1.0, 1.0), (result.Count, result.Quantiles["0.5"], result.Quantiles["0.95"]));
    }

    [Fact]
    public void One_result_too_many_is_refused_and_a_correction_is_not()
    {
        var results = Results(Ten, d => d.Sample(1000, 1).Sample(11_000, 2));
        var merge = new ResultMerge(new("w", []), most: 1);
        Assert.True(merge.Add(results[0]));
        Assert.True(merge.Add(results[0] with { Revision = 2 }));
        Assert.False(merge.Add(results[1]));
        Assert.Equal(1, merge.Count);
    }

    [Fact]
    public void Windows_of_another_size_under_the_same_name_count_no_sample_twice()
    {
        var results = Results(Ten, d => d.Sample(1000, 1).Sample(11_000, 2));
        var longer = Results(Ten with { Size = TimeSpan.FromSeconds(20) }, d => d.Sample(1000, 1).Sample(11_000, 2));
        Assert.Equal(3, Assert.Single(Merged(new("w", []), [.. longer, .. results]).Groups).Result.Sum);
    }

    [Fact]
    public void Correction_by_a_window_of_another_size_takes_the_place_of_the_result()
    {
        var results = Results(Ten, d => d.Sample(1000, 1).Sample(11_000, 2));
        var longer = Results(Ten with { Size = TimeSpan.FromSeconds(20) }, d => d.Sample(1000, 1).Sample(11_000, 2)) is [var one] ? one with { Revision = 2 } : null;
        var merged = Merged(new("w", []), [results[1], longer!, results[0]]);
        var group = Assert.Single(merged.Groups);
        Assert.Equal((1, 3.0, 1L), (group.Parts, group.Result.Sum, merged.LeftOut.Overlapping));
    }

    [Fact]
    public void Window_that_does_not_allow_it_is_refused_with_the_reason()
    {
        Assert.Empty(new MergeQuery("w", ["host"]).ProblemsOf(Ten));
        Assert.Empty(new MergeQuery("w", ["anything"]).ProblemsOf(Ten with { By = ["*"], Slide = TimeSpan.FromSeconds(5) }));
        var uneven = Ten with { Sketch = false, Slide = TimeSpan.FromSeconds(3) };
        Assert.Equal(["metric", "sketch", "slide", "by"], new MergeQuery("w", ["region"]) { Metric = "load.other" }.ProblemsOf(uneven).Select(p => p.Path));
    }

    [Fact]
    public void Reasons_name_the_window_and_what_it_has()
    {
        var uneven = Ten with { Sketch = false, Slide = TimeSpan.FromSeconds(3), By = ["host", "region"] };
        Assert.Equal(
            [
                "'w' is not over the metric 'load.other'. It is over load.value.",
                "Results of 'w' carry no sketches, so that they cannot be merged. Say \"sketch\": true.",
                "The slide of 'w' does not divide its size, so that its windows do not lie end to end. Choose a slide that does.",
                "Results of 'w' have no label 'zone'. They have host, region.",
            ],
            new MergeQuery("w", ["host", "zone"]) { Metric = "load.other" }.ProblemsOf(uneven).Select(p => $"{p.Problem} {p.Remedy}"));
        Assert.Equal("Results of 'w' have no label 'zone'. They have none: leave it out.",
            new MergeQuery("w", ["zone"]).ProblemsOf(Ten with { By = [] }).Select(p => $"{p.Problem} {p.Remedy}").Single());
    }

    [Fact]
    public void Of_the_same_revision_the_first_stays_and_groups_come_by_their_labels()
    {
        var results = Results(Ten, d => d.Sample(1000, 1, "host=b").Sample(1000, 2, "host=a"));
        var merged = Merged(new("w", ["host"]), [.. results, .. results.Select(r => r with { Sum = 77 })]);
        Assert.Equal([("host=a", 2.0), ("host=b", 1.0)], merged.Groups.Select(g => (g.Result.Labels.ToString(), g.Result.Sum)));
    }

    [Fact]
    public void Result_of_an_unknown_session_end_takes_the_place_of_the_shorter_one_that_had_it()
    {
        var session = Ten with { Kind = WindowKind.Session, Gap = TimeSpan.FromSeconds(2), Size = TimeSpan.FromMinutes(1), Lateness = TimeSpan.FromSeconds(20) };
        var one = Results(session, d => d.Sample(4000, 2))[0];
        var grown = Results(session, d => d.Sample(3000, 1).Sample(4000, 2))[0] with { Revision = 2 };
        Assert.Equal(one.End, grown.End);
        Assert.Equal((1, 2L), Assert.Single(Merged(new("w", []), [one, grown]).Groups) is var g ? (g.Parts, g.Result.Count) : default);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("1.5")]
    [InlineData("-0.5")]
    [InlineData("median")]
    public void Quantile_of_no_rank_is_left_out(string name)
    {
        var result = Results(Ten, d => d.Sample(1000, 1))[0];
        var strange = result with { Quantiles = new Dictionary<string, double> { [name] = 7, ["0.5"] = 1 } };
        Assert.Equal(["0.5"], Assert.Single(Merged(new("w", []), [strange]).Groups).Result.Quantiles.Keys);
    }

    private static MergedResults Merged(MergeQuery query, IEnumerable<WindowResult> results)
    {
        var merge = new ResultMerge(query, most: 1000);
        foreach (var result in results) merge.Add(result);
        return merge.Merge();
    }

    private static IReadOnlyList<WindowResult> Results(WindowOptions window, Action<WindowDriver> push)
    {
        var driver = new WindowDriver(window);
        push(driver);
        driver.Advance(1_000_000);
        return driver.Results;
    }
}
