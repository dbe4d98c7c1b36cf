using System.Text;
using Pipeline.Contracts;

namespace Pipeline.Processing.Tests;

public sealed class WindowDefinitionTests
{
    private static readonly WindowOptions Ten = WindowTests.Window(10);
    private static readonly WindowOptions Session = Ten with { Size = TimeSpan.FromSeconds(512), Gap = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData("load.value", "load.value", true)]
    [InlineData("load.value", "load.values", false)]
    [InlineData("load.*", "load.", true)]
    [InlineData("load.*", "load", false)]
    [InlineData("load.*", "aload.x", false)]
    [InlineData("*", "", true)]
    public void Metric_is_a_name_or_the_beginning_of_names(string metric, string name, bool isTaken) =>
        Assert.Equal(isTaken, new WindowDefinition(Ten with { Metric = metric }).Takes(name));

    [Theory]
    [InlineData("host", "host=a,region=eu,zone=1", "host=a")]
    [InlineData("zone,host", "host=a,region=eu,zone=1", "host=a,zone=1")]
    [InlineData("", "host=a,region=eu,zone=1", "")]
    [InlineData("*", "host=a,region=eu,zone=1", "host=a,region=eu,zone=1")]
    [InlineData("host,*", "host=a,region=eu,zone=1", "host=a,region=eu,zone=1")]
    [InlineData("host", "region=eu,zone=1", null)]
    [InlineData("host", "host=a,region=us,zone=1", null)]
    [InlineData("host", "host=a,region=eu", null)]
    [InlineData("*", "host=a,zone=1", null)]
    public void Group_has_the_labels_that_it_is_grouped_by_of_series_that_meet_every_condition(string by, string series, string? group)
    {
        var where = new Dictionary<string, string> { ["zone"] = "1", ["region"] = "eu" };
        var definition = new WindowDefinition(Ten with { By = by.Split(',', StringSplitOptions.RemoveEmptyEntries), Where = where });
        Assert.Equal(group, definition.GroupOf(LabelSet.Of([.. series.Split(',').Select(l => (l.Split('=')[0], l.Split('=')[1]))]))?.ToString());
    }

    [Theory]
    [InlineData("load.value", "host", true)]
    [InlineData("load.value", "region,host", true)]
    [InlineData("load.value", "region", false)]
    [InlineData("load.value", "", false)]
    [InlineData("load.value", "*", true)]
    [InlineData("load.*", "host", true)]
    [InlineData("lo*", "host", false)]
    [InlineData("*", "host", false)]
    [InlineData("*", "*", true)]
    [InlineData(".value", "host", false)]
    [InlineData("other.value", "host", false)]
    [InlineData("a.b.value", "zone", true)]
    public void Group_is_within_a_partition_where_its_labels_say_the_record_key(string metric, string by, bool isWithin)
    {
        var definition = new WindowDefinition(Ten with { Metric = metric, By = by.Split(',', StringSplitOptions.RemoveEmptyEntries) });
        Assert.Equal(isWithin, definition.IsWithinPartition(new Dictionary<string, string> { ["load"] = "host", ["a.b"] = "zone", [""] = "host" }));
    }

    [Fact]
    public void Definition_is_read_from_its_id_and_from_nothing_else()
    {
        var ten = new WindowDefinition(Ten with { Where = new Dictionary<string, string> { ["b"] = "1", ["a"] = "2" }, Quantiles = [0.5, 0.999] });
        var of = new WindowDefinition(Ten with { Name = "long", Of = "w", Size = TimeSpan.FromHours(1) }, ten);
        foreach (var definition in new[] { ten, of, new WindowDefinition(Session) })
        {
            var read = WindowDefinition.Read(definition.Id)!;
            Assert.Equal((definition.Id, definition.Kind, definition.Of?.Id), (read.Id, read.Kind, read.Of?.Id));
        }
        Assert.Equal(ten.Id, of.Id.Split('\n')[1]);
        Assert.DoesNotContain('\n', ten.Id);
        foreach (var id in new[] { "", "null", "[]", "x", ten.Id + "\n", ten.Id + "\nnull", ten.Id + "\nx", "null\n" + ten.Id, ten.Id[..^1] }) Assert.Null(WindowDefinition.Read(id));
    }

    [Fact]
    public void Id_does_not_depend_on_how_the_same_is_written()
    {
        var id = new WindowDefinition(Ten with { Where = new Dictionary<string, string> { ["b"] = "1", ["a"] = "2" } }).Id;
        Assert.Equal(id, new WindowDefinition(Ten with { Where = new Dictionary<string, string> { ["a"] = "2", ["b"] = "1" } }).Id);
        Assert.Equal(id, new WindowDefinition(Ten with { Where = new Dictionary<string, string> { ["a"] = "2", ["b"] = "1" }, Slide = Ten.Size, Kind = WindowKind.Tumbling }).Id);
        Assert.NotEqual(id, new WindowDefinition(Ten with { Where = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } }).Id);
    }

    [Fact]
    public void Quantiles_have_the_names_and_the_fields_of_the_wire()
    {
        var definition = new WindowDefinition(Ten with { Quantiles = [0.5, 0.999, 1] });
        Assert.Equal([("0.5", 0.5), ("0.999", 0.999), ("1", 1)], definition.Quantiles);
        Assert.Equal(["\"0.5\":", ",\"0.999\":", ",\"1\":"], definition.QuantileFields.Select(Encoding.UTF8.GetString));
        Assert.Empty(new WindowDefinition(Ten with { Quantiles = [] }).QuantileFields);
    }

    [Fact]
    public void Parts_of_event_time_are_a_gap_or_short_beside_what_a_window_takes()
    {
        var lateness = TimeSpan.FromMilliseconds(1600);
        var sliding = Ten with { Kind = WindowKind.Sliding, Size = TimeSpan.FromMilliseconds(320), Lateness = lateness };
        Assert.Equal(101, new WindowDefinition(sliding).Part);
        Assert.Equal(200, new WindowDefinition(sliding with { Size = TimeSpan.FromMilliseconds(3200) }).Part);
        Assert.Equal(2000, new WindowDefinition(Session with { Lateness = lateness }).Part);
        Assert.Equal(3000, new WindowDefinition(Session with { Lateness = lateness, Gap = TimeSpan.FromSeconds(3) }).Part);
        Assert.Equal(6001, new WindowDefinition(Session with { Lateness = TimeSpan.FromSeconds(96) }).Part);
    }

    [Theory]
    [InlineData(12_345, 20_000)]
    [InlineData(19_999, 20_000)]
    [InlineData(20_000, 30_000)]
    public void Window_that_joins_begins_with_the_first_that_starts_after_everything_seen(long maxTime, long since)
    {
        var definition = new WindowDefinition(Ten);
        Assert.Equal(since, definition.WholeSince(Seen(maxTime)));
        Assert.Equal(7, definition.WholeSince(Seen(maxTime) with { Since = new Dictionary<string, long> { [definition.Id] = 7 } }));
        Assert.Equal(0, definition.WholeSince(null));
        var day = new WindowDefinition(Ten with { Name = "day", Of = "w", Size = TimeSpan.FromHours(24), Slide = null }, definition);
        Assert.Equal(since, day.WholeSince(Seen(maxTime)));
    }

    [Theory]
    [InlineData(100_000, 101_001)]
    [InlineData(511_500, 512_000)] // where sessions are cut one begins anew
    [InlineData(511_999, 512_000)]
    [InlineData(512_000, 513_001)]
    public void Session_that_joins_begins_a_gap_after_everything_seen(long maxTime, long since) =>
        Assert.Equal(since, new WindowDefinition(Session).WholeSince(Seen(maxTime)));

    [Fact]
    public void Kind_is_told_where_a_result_cannot_be_understood_without()
    {
        Assert.Equal("session", new WindowDefinition(Session).KindOnWire);
        foreach (var other in new[] { Ten, Ten with { Slide = TimeSpan.FromSeconds(5) }, Ten with { Kind = WindowKind.Sliding } }) Assert.Null(new WindowDefinition(other).KindOnWire);
    }

    [Theory]
    [InlineData(WindowKind.Tumbling, "tumbling", true)]
    [InlineData(WindowKind.Hopping, "hopping", true)]
    [InlineData(WindowKind.Sliding, "sliding", false)]
    [InlineData(WindowKind.Session, "session", false)]
    public void Kinds_have_words_and_some_are_cut_by_the_clock(WindowKind kind, string word, bool isByClock) =>
        Assert.Equal((word, isByClock), (kind.Word(), kind.IsByClock()));

    [Fact]
    public void Rate_is_per_second_between_the_first_and_the_last_sample()
    {
        var figures = new WindowFigures(4, 10, 1, 4, First: 1, FirstTime: 1000, Last: 4, LastTime: 3000);
        Assert.Equal((2.5, 1.5), (figures.Mean, figures.Rate));
        Assert.Null((figures with { LastTime = 1000 }).Rate);
        Assert.Null((figures with { LastTime = 999 }).Rate);
        Assert.Equal((0.0, null), (default(WindowFigures).Mean, default(WindowFigures).Rate));
    }

    private static Progress Seen(long maxTime) => new("windows", 0, 0, new WatermarkRecord(0, []), 0, -1, maxTime, new Dictionary<string, long>());
}
