using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Ingest.Push;
using Pipeline.Sinks.Influx;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests.Influx;

public sealed class WindowLineTests
{
    [Fact]
    public void A_result_is_one_line() => Assert.Equal(
        "load.value,window=load,host=a count=4i,sum=6,min=0.5,max=2.5,mean=1.5,first=1.5,last=1.5,p50=1.5,p95=2.5 1767225600000\n",
        Text(Some.Result()));

    [Fact]
    public void A_result_that_was_taken_back_leaves_nothing_of_the_old_point() => Assert.Equal(
        "load.value,window=load,host=a count=0i,sum=0,min=0,max=0,mean=0,first=0,last=0,rate=0,p50=0 1767225600000\n",
        Text(Some.Result() with
        {
            Count = 0, Sum = 0, Min = 0, Max = 0, Mean = 0, First = 0, Last = 0, Quantiles = new Dictionary<string, double> { ["0.5"] = 0 },
        }));

    [Theory]
    [InlineData("0.5", "p50")]
    [InlineData("0.05", "p5")]
    [InlineData("0.95", "p95")]
    [InlineData("0.999", "p99.9")]
    [InlineData("0.9999", "p99.99")]
    [InlineData("0.001", "p0.1")]
    [InlineData("1E-05", "p1E-05")]
    public void A_quantile_is_a_field_named_in_percent(string rank, string field) =>
        Assert.Contains($",{field}=2 ", Text(Some.Result() with { Quantiles = new Dictionary<string, double> { [rank] = 2 } }));

    [Fact]
    public void What_is_not_finite_is_left_out() => Assert.Equal(
        "load.value,window=load,host=a count=4i,mean=1.5 1767225600000\n",
        Text(Some.Result() with
        {
            Sum = double.NaN, Min = double.NegativeInfinity, Max = double.PositiveInfinity, First = double.NaN, Last = double.NaN, Rate = double.NaN,
            Quantiles = new Dictionary<string, double> { ["0.5"] = double.NaN },
        }));

    [Fact]
    public void Further_statistics_are_fields_where_there_are_any() => Assert.Equal(
        "load.value,window=load,host=a count=4i,sum=6,min=0.5,max=2.5,mean=1.5,first=1.5,last=1.5,p50=1.5,p95=2.5," +
        "standard_deviation=0.25,increase=9,increase_rate=0.9,ewma=1.25,baseline=2,change=-0.25,baseline_days=7i,distinct=3i,above_0.5=0.75,above_-1E\\,\\ x=1 1767225600000\n",
        Text(Some.Result() with
        {
            Baseline = 2, Change = -0.25, BaselineDays = 7, StandardDeviation = 0.25, Increase = 9, IncreaseRate = 0.9, Ewma = 1.25, Distinct = 3, States = new Dictionary<string, byte[]> { ["ewma"] = [1] },
            Above = new Dictionary<string, double> { ["0.5"] = 0.75, ["-1E, x"] = 1, ["2"] = double.NaN },
        }));

    [Theory]
    [InlineData("", "metric_")]
    [InlineData("#x", "metric_#x")]
    [InlineData("\tx", "metric__x")]
    [InlineData("a b,c=d", @"a\ b\,c=d")]
    [InlineData(@"a\", @"a\_")]
    public void A_metric_that_cannot_begin_a_line_is_renamed(string metric, string measurement) =>
        Assert.StartsWith(measurement + ",window=", Text(Some.Result(metric)));

    [Theory]
    [InlineData("time", "x", ",label_time=x")]
    [InlineData("window", "x", ",label_window=x")]
    [InlineData("_field", "x", ",label__field=x")]
    [InlineData("", "x", ",label_=x")]
    [InlineData("k", "", "")]
    [InlineData("k", @"C:\", @",k=C:\_")]
    [InlineData("k", "a\nb\u0001", ",k=a_b_")]
    [InlineData("a=b", "c,d e", @",a\=b=c\,d\ e")]
    public void A_label_that_cannot_be_a_tag_is_renamed_or_left_out(string name, string text, string tag) =>
        Assert.StartsWith($"load.value,window=load{tag} count=", Text(Some.Result() with { Labels = LabelSet.Of((name, text)) }));

    [Fact]
    public void What_is_written_is_what_is_read() => Prop.ForAll(RandomResults.Any.ToArbitrary(), result =>
    {
        var line = Text(result);
        Assert.Null(Parse(line, out var point));
        Assert.Equal(RandomResults.Stored(result), RandomResults.Describe(point));
    }).QuickCheckThrowOnFailure();

    [InfluxFact]
    public async Task A_real_InfluxDB_takes_every_line()
    {
        await using var influx = await InfluxServer.StartAsync("lines");
        foreach (var result in RandomResults.Any.Sample(400))
        {
            var line = Text(result);
            Assert.True(await influx.WriteAsync("lines", Encoding.UTF8.GetBytes(line.Replace(" " + result.End + "\n", "", StringComparison.Ordinal))) is null, line);
        }
    }

    private static string Text(WindowResult result)
    {
        var bytes = new ArrayBufferWriter<byte>();
        WindowLine.Write(bytes, result);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string? Parse(string line, out Observation point) =>
        new LineProtocolParser(new PushTarget("t", 1, "n", new Dictionary<string, string>()), new PushOptions())
            .Parse(Encoding.UTF8.GetBytes(line[..^1]), new Precision(1_000_000), 0, out point);
}
