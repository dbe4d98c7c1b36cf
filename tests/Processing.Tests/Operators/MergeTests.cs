using System.Text.Json.Nodes;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

public sealed class MergeTests
{
    private static readonly WindowOptions Window = new()
    {
        Name = "all", Metric = "load.value", By = ["region"], Size = TimeSpan.FromSeconds(10), Slide = TimeSpan.FromSeconds(5), Lateness = TimeSpan.FromSeconds(2),
    };

    private static readonly StatisticsOptions Further = new() { StandardDeviation = true, Above = [3], Distinct = "region", Ewma = TimeSpan.FromSeconds(1) };

    private readonly MergeDriver _merge = new(Window, "windows-0", "windows-1");

    [Fact]
    public void Window_waits_for_every_partition()
    {
        _merge.Part("windows-0", 10_000, 1, "eu", 1, 2);
        Assert.Empty(_merge.Tick("windows-0", 60_000));
        _merge.Part("windows-1", 10_000, 1, "eu", 5);
        Assert.Empty(_merge.Tick("windows-1", 9999));
        var result = Assert.Single(_merge.Tick("windows-1", 10_000));
        Assert.Equal((3L, 8.0, 5.0, 1, "region=eu"), (result.Count, result.Sum, result.Max, result.Revision, result.Labels.ToString()));
        Assert.Null(result.Node);
    }

    [Fact]
    public void Window_that_only_one_partition_has_is_published_with_that_part()
    {
        _merge.Part("windows-1", 10_000, 1, "eu", 5);
        _merge.Tick("windows-0", 10_000);
        Assert.Equal(1, Assert.Single(_merge.Tick("windows-1", 10_000)).Count);
    }

    [Fact]
    public void Later_revision_of_a_part_takes_its_place_and_republishes()
    {
        _merge.Part("windows-0", 10_000, 1, "eu", 1).Part("windows-1", 10_000, 1, "eu", 5);
        TickBoth(10_000);
        _merge.Part("windows-0", 10_000, 2, "eu", 1, 2);
        var corrected = Assert.Single(_merge.Tick("windows-0", 10_500));
        Assert.Equal((2, 3L, 8.0), (corrected.Revision, corrected.Count, corrected.Sum));
    }

    [Fact]
    public void Earlier_revision_that_comes_again_changes_nothing()
    {
        _merge.Part("windows-0", 10_000, 2, "eu", 1, 2);
        _merge.Part("windows-0", 10_000, 1, "eu", 1).Part("windows-0", 10_000, 2, "eu", 7);
        TickBoth(10_000);
        Assert.Equal(2, Assert.Single(_merge.Results).Count);
        Balanced("merge all", @in: 3, held: 1);
    }

    [Fact]
    public void First_part_of_a_correction_counts_where_the_other_is_already_out()
    {
        _merge.Part("windows-0", 10_000, 1, "eu", 1);
        TickBoth(10_000);
        _merge.Part("windows-1", 10_000, 1, "eu", 9);
        Assert.Equal((2, 2L), Assert.Single(_merge.Tick("windows-1", 11_000)) is var r ? (r.Revision, r.Count) : default);
    }

    [Fact]
    public void Part_of_a_final_window_is_counted_as_late()
    {
        TickBoth(12_000);
        _merge.Part("windows-0", 10_000, 1, "eu", 1);
        TickBoth(13_000);
        Assert.Empty(_merge.Results);
        Assert.Equal(1, Balanced("merge all", @in: 1, held: 0).Late);
    }

    [Fact]
    public void Windows_are_let_go_of_when_they_are_final()
    {
        _merge.Part("windows-0", 10_000, 1, "eu", 1).Part("windows-1", 10_000, 1, "us", 1).Part("windows-1", 30_000, 1, "us", 1);
        Balanced("merge all", @in: 3, held: 3);
        TickBoth(12_000);
        Assert.Equal(2, Balanced("merge all", @in: 3, held: 1).Out);
        Assert.Equal(2, _merge.Rewind.Offset);
        TickBoth(40_000);
        Balanced("merge all", @in: 3, held: 0);
    }

    [Fact]
    public void Ends_ascend_and_groups_come_in_the_order_of_their_first_parts()
    {
        _merge.Part("windows-0", 15_000, 1, "a", 1).Part("windows-1", 10_000, 1, "c", 1).Part("windows-0", 10_000, 1, "b", 1).Part("windows-0", 10_000, 1, "c", 1);
        TickBoth(20_000);
        Assert.Equal([(10_000, "c"), (10_000, "b"), (15_000, "a")], _merge.Results.Select(r => (r.End, r.Labels["region"])));
    }

    [Fact]
    public void Windows_that_a_partition_began_too_late_for_are_not_published()
    {
        _merge.Part("windows-0", 15_000, 1, "eu", 1).Part("windows-0", 20_000, 1, "eu", 1);
        _merge.Tick("windows-0", 20_000);
        var whole = Assert.Single(_merge.Tick("windows-1", 20_000, new Dictionary<string, long> { [_merge.WindowId] = 10_000, ["another"] = 99_000 }));
        Assert.Equal((10_000, 20_000), (whole.Start, whole.End));
        TickBoth(40_000);
        Assert.Equal(10_000, _merge.Rewind.Since[_merge.WindowId]);
    }

    [Fact]
    public void Window_is_not_published_before_every_node_has_named_it_and_promised_since()
    {
        var names = new Dictionary<string, long> { [_merge.WindowId] = 0, [new WindowDefinition(Window with { Name = "new" }).Id] = 0 };
        _merge.Tick("windows-0", 1, names);
        _merge.Part(_merge.PartOf("windows-0", 10_000, 1, "eu", 1) with { Window = "new" });
        TickBoth(20_000);
        Assert.NotNull(_merge.Rewind.Named);
        Assert.Empty(_merge.Tick("windows-1", 20_000, names));
        _merge.Part(_merge.PartOf("windows-1", 10_000, 1, "eu", 1, 2) with { Window = "new" });
        Assert.Equal(("new", 3L), Assert.Single(_merge.Tick("windows-1", 20_001)) is var r ? (r.Window, r.Count) : default);
    }

    [Fact]
    public void Changed_window_goes_on_behind_the_last_end_of_the_old_one()
    {
        var names = new Dictionary<string, long> { [new WindowDefinition(Window with { Lateness = TimeSpan.FromSeconds(9) }).Id] = 0 };
        _merge.Part("windows-0", 10_000, 1, "eu", 1).Part("windows-1", 10_000, 1, "eu", 1);
        TickBoth(10_000);
        _merge.Tick("windows-0", 10_000, names);
        _merge.Tick("windows-1", 10_000, names);
        foreach (var node in new[] { "windows-0", "windows-1" })
            _merge.Part(node, 10_000, 1, "eu", 1, 2).Part(node, 15_000, 1, "eu", 1, 2).Tick(node, 15_000);
        Assert.Equal([(10_000, 2), (15_000, 4)], _merge.Results.Select(r => (r.End, r.Count)));
    }

    [Fact]
    public void Part_of_a_window_that_is_not_configured_is_counted()
    {
        var part = _merge.PartOf("windows-0", 10_000, 1, "eu", 1);
        _merge.Part(part with { Window = "gone" });
        _merge.Part(part with { Start = 9_000 }); // the same name with another size: from before the configuration was changed
        TickBoth(20_000);
        Assert.Empty(_merge.Results);
        Assert.Equal(2, Balanced("partials of other windows", @in: 2, held: 0).Filtered);
    }

    [Fact]
    public void Tick_of_a_stranger_moves_nothing()
    {
        _merge.Part("windows-0", 10_000, 1, "eu", 1);
        _merge.Tick("windows-0", 20_000);
        Assert.Empty(_merge.Tick("windows-7", 20_000));
    }

    [Fact]
    public void What_a_run_held_at_its_end_is_no_longer_taken_in()
    {
        _merge.Part("windows-0", 10_000, 1, "eu", 1, 2);
        Balanced("merge all", @in: 1, held: 1);
        _merge.Dispose();
        Balanced("merge all", @in: 0, held: 0);
    }

    [Fact]
    public void Rewind_goes_back_to_the_earliest_part_that_is_held_of_any_window()
    {
        Assert.Equal((0L, -1L), (Begun().Offset, Begun().MaxTime));
        _merge.Part("windows-0", 10_000, 1, "eu", 1).Part("windows-0", 15_000, 1, "eu", 1);
        Assert.Equal((0L, 15_000L, 0L), (_merge.Rewind.Offset, _merge.Rewind.MaxTime, _merge.Rewind.Reached));
        TickBoth(12_000);
        Assert.Equal((1L, 12_000L), (_merge.Rewind.Offset, _merge.Rewind.Reached));

        static RewindPoint Begun()
        {
            var input = new SignalBatch();
            input.Begin(0);
            using var merge = new MergePartials(["windows-0"], null, new Ledger());
            return merge.Push(input).Rewind!;
        }
    }

    [Fact]
    public void Window_that_no_partition_names_any_more_is_let_go_of_and_rewinds_nothing()
    {
        var only = new Dictionary<string, long> { [new WindowDefinition(Window with { Name = "new" }).Id] = 0 };
        var both = new Dictionary<string, long>(only) { [_merge.WindowId] = 0 };
        foreach (var node in new[] { "windows-0", "windows-1" }) _merge.Tick(node, 1, both);
        _merge.Part("windows-0", 10_000, 1, "eu", 1).Part(_merge.PartOf("windows-0", 10_000, 1, "eu", 1) with { Window = "new" });
        Assert.Equal(2, _merge.Rewind.Offset);
        _merge.Tick("windows-0", 2, only);
        Balanced("merge all", @in: 1, held: 1);
        _merge.Tick("windows-1", 2, only);
        Balanced("merge all", @in: 1, held: 0);
        Assert.Equal(3, _merge.Rewind.Offset);
    }

    [Theory]
    [InlineData("key", "")]
    [InlineData("key", "null", "null is no result")]
    [InlineData("key", "{}")]
    [InlineData("tick", "null", "null is no tick")]
    [InlineData("tick", """{"kind":"tick","source":null,"time":1}""")]
    [InlineData("tick", """{"kind":"tick","source":"windows-0"}""")]
    [InlineData("tick", "[]")]
    public void Record_that_is_no_part_becomes_a_dead_letter(string key, string value, string? reason = null)
    {
        _merge.Record(key, value);
        var letter = Assert.Single(_merge.DeadLetters);
        Assert.Equal((DropReason.Malformed, reason ?? letter.Error), (letter.Reason, letter.Error));
        Assert.Equal(1, Balanced("stage merge", @in: 1, held: 0).Malformed);
    }

    [Theory]
    [InlineData("window", "null")]
    [InlineData("metric", "null")]
    [InlineData("labels", "null")]
    [InlineData("sketch", "null")]
    [InlineData("sketch", "\"\"")]
    [InlineData("sketch", "\"AQYAAA==\"")] // of no values
    [InlineData("count", "0")]
    [InlineData("count", "5")]
    [InlineData("node", "null")]
    [InlineData("sum", "1e999")]
    [InlineData("min", "-1e999")]
    [InlineData("last", "1e999")]
    [InlineData("end", "\"late\"")]
    public void Part_that_no_samples_can_have_becomes_a_dead_letter(string field, string value)
    {
        var json = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(_merge.PartOf("windows-0", 10_000, 1, "eu", 1), WireFormat.Records.WindowResult))!.AsObject();
        json.Remove(field);
        _merge.Record("key", json.ToJsonString()[..^1] + $",\"{field}\":{value}}}");
        TickBoth(20_000);
        Assert.Single(_merge.DeadLetters);
        Assert.Empty(_merge.Results);
    }

    [Fact]
    public void Further_statistics_are_merged_over_the_partitions()
    {
        var merge = new MergeDriver(Window with { Statistics = Further }, "windows-0", "windows-1");
        merge.Part("windows-0", 10_000, 1, "eu", 1, 2, 3).Part("windows-1", 10_000, 1, "eu", 6);
        merge.Tick("windows-0", 10_000);
        var result = Assert.Single(merge.Tick("windows-1", 10_000));
        Assert.Equal((Math.Sqrt(3.5), 0.25, 1L, 3.0), (result.StandardDeviation, result.Above!["3"], result.Distinct, result.Ewma));
        Assert.Equal(4, result.States!.Count);
    }

    [Fact]
    public void Long_window_of_many_parts_has_each_of_them_once_in_its_figures_and_in_its_books()
    {
        var second = Window with { Name = "second", Size = TimeSpan.FromSeconds(1), Slide = null, Statistics = Further };
        var merge = new MergeDriver(second with { Name = "all", Of = "second", Size = TimeSpan.FromSeconds(100) }, second, "windows-0");
        for (var i = 1; i <= 100; i++)
        {
            merge.Part("windows-0", i * 1000, 1, "eu", 1000).Tick("windows-0", i * 1000);
            merge.Part("windows-0", i * 1000, 2, "eu", i); // in time, so it takes the place of the first
        }
        var result = merge.Tick("windows-0", 101_000)[^1];
        Assert.Equal((100, 5050.0, 0.97, 1L), (result.Count, result.Sum, result.Above!["3"], result.Distinct));
        Assert.Equal(28.8660700477221, result.StandardDeviation!.Value, 1e-9);
        Assert.Equal((200, 100, 100), Books());
        merge.Tick("windows-0", 103_000);
        Assert.Equal((200, 0, 200), Books());

        (long, long, long) Books() => merge.Books.Single(b => b.Name == "merge all") is var book ? (book.In, book.Held, book.Out) : default;
    }

    [Fact]
    public void Statistic_that_a_part_lacks_or_has_of_another_kind_is_left_out()
    {
        var merge = new MergeDriver(Window with { Statistics = Further }, "windows-0", "windows-1");
        var other = new MergeDriver(Window with { Statistics = Further with { StandardDeviation = false, Above = [4] } }).PartOf("windows-1", 10_000, 1, "eu", 6);
        merge.Part("windows-0", 10_000, 1, "eu", 1, 2, 3).Part(other with { States = other.States!.Append(new("median", [9])).ToDictionary() });
        merge.Tick("windows-0", 10_000);
        var result = Assert.Single(merge.Tick("windows-1", 10_000));
        Assert.Equal((4L, null, null, 1L, 3.0), (result.Count, result.StandardDeviation, result.Above, result.Distinct, result.Ewma));
        Assert.Equal(["distinct", "ewma"], result.States!.Keys);
        Assert.Empty(merge.DeadLetters);
    }

    [Theory]
    [InlineData("standardDeviation", new byte[0])]
    [InlineData("standardDeviation", new byte[] { 2, 0 })]
    [InlineData("ewma", null)]
    [InlineData("distinct", new byte[] { 1, 4, 104, 111 })]
    [InlineData("standardDeviation", new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })] // of no samples
    public void Part_with_a_state_that_cannot_be_read_becomes_a_dead_letter(string name, byte[]? bytes)
    {
        var part = new MergeDriver(Window with { Statistics = Further }).PartOf("windows-0", 10_000, 1, "eu", 6);
        _merge.Part(part with { States = new Dictionary<string, byte[]>(part.States!) { [name] = bytes! } });
        Assert.Equal(DropReason.Malformed, Assert.Single(_merge.DeadLetters).Reason);
    }

    private void TickBoth(long time)
    {
        _merge.Tick("windows-0", time);
        _merge.Tick("windows-1", time);
    }

    private LedgerEntry Balanced(string name, long @in, long held)
    {
        Assert.All(_merge.Books, b => Assert.Equal(0, b.Difference));
        var entry = _merge.Books.Single(b => b.Name == name);
        Assert.Equal((@in, held), (entry.In, entry.Held));
        return entry;
    }
}
