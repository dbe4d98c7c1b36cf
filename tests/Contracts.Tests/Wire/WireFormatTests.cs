using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Contracts.Tests;

/// <summary>What <c>kcat | jq</c> shows of one record of each kind, and that every record comes back.</summary>
public sealed class WireFormatTests
{
    private static readonly Arbitrary<Random> Seeds = ArbMap.Default.ArbFor<int>().Generator.Select(seed => new Random(seed)).ToArbitrary();

    [Fact]
    public void Tick_on_the_wire()
    {
        Assert.Equal("""{"kind":"tick","source":"node","time":1000}""", Write(new Tick("node", 1000), WireFormat.Records.Tick));
        Assert.Equal("""{"kind":"tick","source":"windows-0","time":1000,"since":{"w|m|*|1/1|":7}}""",
            Write(new Tick("windows-0", 1000, new Dictionary<string, long> { ["w|m|*|1/1|"] = 7 }), WireFormat.Records.Tick));
    }

    [Fact]
    public void Result_on_the_wire()
    {
        var result = new WindowResult
        {
            Window = "load", Metric = "load.value", Labels = LabelSet.Of(("region", "eu"), ("host", "ä&b")), Start = 0, End = 1000, Revision = 2,
            Count = 3, Sum = 6.5, Min = -1, Max = 5, Mean = 6.5 / 3, First = 1, FirstTime = 10, Last = 5, LastTime = 900, Rate = 0.5,
            Quantiles = new Dictionary<string, double> { ["0.5"] = 1, ["0.99"] = 5 }, Sketch = [1, 6, 0, 0],
        };
        const string json = """
            {"window":"load","metric":"load.value","labels":{"host":"ä&b","region":"eu"},"start":0,"end":1000,"revision":2,"count":3,"sum":6.5,"min":-1,"max":5,"mean":2.1666666666666665,"first":1,"firstTime":10,"last":5,"lastTime":900,"rate":0.5,"quantiles":{"0.5":1,"0.99":5},"sketch":"AQYAAA=="}
            """;
        Assert.Equal(json, Write(result, WireFormat.Records.WindowResult));
        Assert.Equal(json.Replace(",\"rate\":0.5", "")[..^1] + ",\"node\":\"windows-1\"}", Write(result with { Rate = null, Node = "windows-1" }, WireFormat.Records.WindowResult));
    }

    [Fact]
    public void Late_record_on_the_wire() => Assert.Equal(
        """{"window":"load","metric":"load.value","labels":{"host":"a"},"time":5,"value":0.1,"watermark":2000,"offset":7,"missedEnds":[10,20]}""",
        Write(new LateRecord("load", "load.value", LabelSet.Of(("host", "a")), 5, 0.1, 2000, 7, [10, 20]), WireFormat.Records.LateRecord));

    [Fact]
    public void Dead_letter_on_the_wire() => Assert.Equal(
        """{"reason":"Malformed","error":"Not JSON: '<' is invalid","stage":"windows","topic":"observations","partition":1,"offset":7,"time":9,"key":"aw==","value":"/wA="}""",
        Write(new DeadLetter(DropReason.Malformed, "Not JSON: '<' is invalid", "windows", "observations", 1, 7, 9, [(byte)'k'], [0xff, 0]), WireFormat.Records.DeadLetter));

    [Fact]
    public void Progress_on_the_wire() => Assert.Equal(
        """{"stage":"windows","partition":1,"rewindTo":5,"atRewind":{"time":1000,"promises":[{"node":"n","promise":1000,"heard":1001}]},"publishedThrough":9,"outputs":-1,"maxTime":2000,"since":{"w":0}}""",
        Write(new Progress("windows", 1, 5, new WatermarkRecord(1000, [new NodePromise("n", 1000, 1001)]), 9, -1, 2000, new Dictionary<string, long> { ["w"] = 0 }), WireFormat.Records.Progress));

    [Fact]
    public void Every_tick_comes_back() => ComesBack(r => new Tick(r.Text(), r.NextInt64(), r.Next(2) == 0 ? null : r.Times()), WireFormat.Records.Tick);

    [Fact]
    public void Every_result_comes_back() => ComesBack(r => r.Result(), WireFormat.Records.WindowResult);

    [Fact]
    public void Every_late_record_comes_back() => ComesBack(
        r => new LateRecord(r.Text(), r.Text(), r.Labels(), r.NextInt64(), r.Double(), r.NextInt64(), r.NextInt64(), [.. r.Times().Values]), WireFormat.Records.LateRecord);

    [Fact]
    public void Every_dead_letter_comes_back() => ComesBack(
        r => new DeadLetter((DropReason)r.Next(6), r.Text(), r.Text(), r.Text(), r.Next(), r.NextInt64(), r.NextInt64(), r.Bytes(), r.Bytes()), WireFormat.Records.DeadLetter);

    [Fact]
    public void Every_progress_comes_back() => ComesBack(
        r => new Progress(r.Text(), r.Next(), r.NextInt64(), new WatermarkRecord(long.MinValue, [new NodePromise(r.Text(), r.NextInt64(), r.NextInt64())]), r.NextInt64(), r.Next(), r.NextInt64(), r.Times(),
            r.Next(2) == 0 ? null : [new SeenSequences(r.Text(), r.NextInt64(), r.Bytes())]),
        WireFormat.Records.Progress);

    [Theory]
    [InlineData("""{"kind":"tick","source":null,"time":1}""")]
    [InlineData("""{"kind":"tick","time":1}""")]
    [InlineData("""{"kind":"tick","source":"node"}""")]
    [InlineData("""{"kind":"tick","source":"node","time":1.5}""")]
    public void Tick_that_lacks_something_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, WireFormat.Records.Tick));

    [Theory]
    [InlineData("labels", "null")]
    [InlineData("labels", "[]")]
    [InlineData("labels", """{"a":1}""")]
    [InlineData("window", "null")]
    [InlineData("metric", "null")]
    [InlineData("sketch", "null")]
    [InlineData("sketch", "\"%\"")]
    [InlineData("quantiles", "null")]
    public void Result_that_lacks_something_is_refused(string field, string value)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(Write(new Random(1).Result(), WireFormat.Records.WindowResult))!;
        json[field] = System.Text.Json.Nodes.JsonNode.Parse(value);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json.ToJsonString(), WireFormat.Records.WindowResult));
    }

    /// <summary>Written again it is the same bytes, and the bytes differ from those of another record.</summary>
    private static void ComesBack<T>(Func<Random, T> make, JsonTypeInfo<T> type) => Prop.ForAll(Seeds, random =>
    {
        var (one, other) = (Write(make(random), type), Write(make(random), type));
        return one != other && Write(JsonSerializer.Deserialize(one, type)!, type) == one;
    }).QuickCheckThrowOnFailure();

    private static string Write<T>(T record, JsonTypeInfo<T> type) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(record, type));
}
