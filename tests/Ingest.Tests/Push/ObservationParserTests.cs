using System.Text;
using Pipeline.Contracts;
using Pipeline.Ingest.Push;

namespace Pipeline.Ingest.Tests.Push;

public sealed class ObservationParserTests
{
    [Fact]
    public void All_fields_are_read()
    {
        var read = Parse("""{"kind":"k","time":1700000000000,"source":"s","key":"x","labels":{"a":"1"},"values":{"v":1.5},"attributes":{"t":"é"}}""", out var wrong);

        Assert.Null(wrong);
        Assert.Equal(("k", 1_700_000_000_000, "s", "x"), (read.Kind, read.Time, read.Source, read.Key));
        Assert.Equal(LabelSet.Of(("a", "1")), read.Labels);
        Assert.Equal([new Measurement("v", 1.5)], read.Values);
        Assert.Equal(LabelSet.Of(("t", "é")), read.Attributes);
    }

    [Fact]
    public void What_is_left_out_comes_from_node_clock_and_labels()
    {
        var read = Parse("""{"kind":"k","labels":{"host":"h"},"values":{"v":1}}""", out _);

        Assert.Equal((Some.Now, "node-1", "h"), (read.Time, read.Source, read.Key));
    }

    [Fact]
    public void What_the_log_holds_can_be_sent_again()
    {
        using var writer = new ObservationWriter();
        var sent = Parse("""{"kind":"k","time":-1,"source":"s","labels":{"host":"h","q":"\"\\\n"},"values":{"v":-1.5e-7,"w":0},"attributes":{"t":""}}""", out _);
        var bytes = writer.Write(sent).ToArray();

        var again = Parse(Encoding.UTF8.GetString(bytes), out var wrong);

        Assert.Null(wrong);
        Assert.Equal(bytes, writer.Write(again).ToArray());
    }

    [Theory]
    [InlineData("\"2026-01-01T00:00:00Z\"", 1_767_225_600_000)]
    [InlineData("\"2026-01-01T02:00:00.123999999+02:00\"", 1_767_225_600_123)]
    [InlineData("-1", -1)]
    public void Times_are_milliseconds_or_text(string time, long milliseconds) =>
        Assert.Equal(milliseconds, Parse($$$"""{"kind":"k","time":{{{time}}},"values":{"v":1}}""", out _).Time);

    [Theory]
    [InlineData("x", "not valid JSON, at byte 1")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{}", "'kind' is missing")]
    [InlineData("""{"kind":"k","values":{"v":1}} 2""", "not valid JSON, at byte 31")]
    [InlineData("""{"kind":"k","values":{"v":1}""", "not valid JSON, at byte 29")]
    [InlineData("""{"kind":"k","values":{"v":1},}""", "not valid JSON, at byte 30")]
    [InlineData("""{"kind":7,"values":{"v":1}}""", "'kind' is not a text")]
    [InlineData("""{"kind":"","values":{"v":1}}""", "the kind is empty")]
    [InlineData("""{"kind":"tick","values":{"v":1}}""", "the kind 'tick' is reserved")]
    [InlineData("""{"kind":"k"}""", "no number among the values; a text alone cannot be measured")]
    [InlineData("""{"kind":"k","kind":"k","values":{"v":1}}""", "'kind' is given twice")]
    [InlineData("""{"kind":"k","value":{"v":1}}""", "unknown field 'value'; known are kind, time, source, sequence, labels, values, attributes, key")]
    [InlineData("""{"kind":"k","values":[1]}""", "'values' is not an object of numbers")]
    [InlineData("""{"kind":"k","values":{"v":"1"}}""", "the value 'v' is not a number")]
    [InlineData("""{"kind":"k","values":{"v":true}}""", "the value 'v' is not a number")]
    [InlineData("""{"kind":"k","values":{"v":1e999}}""", "the value 'v' is out of range")]
    [InlineData("""{"kind":"k","values":{"v":1,"v":2}}""", "the value 'v' is given twice")]
    [InlineData("""{"kind":"k","values":{"":1}}""", "a name is empty")]
    [InlineData("""{"kind":"k","labels":{"a":"1","a":"2"},"values":{"v":1}}""", "a label is given twice")]
    [InlineData("""{"kind":"k","labels":{"a":""},"values":{"v":1}}""", "the label 'a' is empty")]
    [InlineData("""{"kind":"k","labels":{"a":{}},"values":{"v":1}}""", "'a' is not a text")]
    [InlineData("""{"kind":"k","labels":"a","values":{"v":1}}""", "'labels' is not an object of texts")]
    [InlineData("""{"kind":"k","attributes":{"a":"1","a":"2"},"values":{"v":1}}""", "an attribute is given twice")]
    [InlineData("""{"kind":"\ud800","values":{"v":1}}""", "an escape is half a character")]
    [InlineData("""{"\ud800":"k","values":{"v":1}}""", "an escape is half a character")]
    [InlineData("""{"kind":"k","time":1.5,"values":{"v":1}}""", "'time' is neither whole Unix milliseconds nor RFC 3339 text with an offset")]
    [InlineData("""{"kind":"k","time":"2026-01-01T00:00:00","values":{"v":1}}""", "'time' is neither whole Unix milliseconds nor RFC 3339 text with an offset")]
    [InlineData("""{"kind":"k","time":"2026-01-01","values":{"v":1}}""", "'time' is neither whole Unix milliseconds nor RFC 3339 text with an offset")]
    [InlineData("""{"kind":"k","time":9223372036854775807,"values":{"v":1}}""", "time outside 1677-09-21 to 2262-04-11; is the precision right?")]
    [InlineData("""{"kind":"k","time":null,"values":{"v":1}}""", "'time' is neither whole Unix milliseconds nor RFC 3339 text with an offset")]
    public void A_bad_line_has_a_reason(string line, string reason)
    {
        Parse(line, out var wrong);
        Assert.Equal(reason, wrong);
    }

    [Theory]
    [InlineData("""{"kind":"probe","labels":{"target":"a","host":"h"},"values":{"v":1}}""", "a")]
    [InlineData("""{"kind":"probe","key":"a","labels":{"target":"a"},"values":{"v":1}}""", "a")]
    [InlineData("""{"kind":"other","key":"k","labels":{"target":"a","host":"h"},"values":{"v":1}}""", "k")]
    [InlineData("""{"kind":"other","labels":{"target":"a","host":"h"},"values":{"v":1}}""", "h")]
    [InlineData("""{"kind":"other","labels":{"b":"2","a":"1"},"values":{"v":1}}""", "a=1,b=2")]
    public void Key_is_the_label_of_the_kind_or_what_is_given_or_the_configured_label_or_all_labels(string line, string key) =>
        Assert.Equal(key, Parse(line, out _).Key);

    [Theory]
    [InlineData("""{"kind":"probe","labels":{"host":"h"},"values":{"v":1}}""", "the kind 'probe' needs the label 'target', which keys its records")]
    [InlineData("""{"kind":"probe","key":"b","labels":{"target":"a"},"values":{"v":1}}""", "the kind 'probe' is keyed by its label 'target' alone")]
    public void Kind_of_a_built_in_source_keeps_its_key(string line, string problem)
    {
        Parse(line, out var wrong);
        Assert.Equal(problem, wrong);
    }

    [Fact]
    public void Nesting_without_end_is_refused_where_it_begins()
    {
        var deep = new string('[', 100_000);

        Parse("{\"kind\":" + deep, out var inKind);
        Parse(deep, out var alone);

        Assert.Equal("'kind' is not a text", inKind);
        Assert.Equal("not a JSON object", alone);
    }

    [Fact]
    public void Sequence_of_a_source_is_kept() =>
        Assert.Equal(7, Parse("""{"kind":"load","source":"s","sequence":7,"labels":{"host":"h"},"values":{"value":1}}""", out _).Sequence);

    [Theory]
    [InlineData("\"sequence\":7", "needs a 'source'")]
    [InlineData("\"source\":\"s\",\"sequence\":-7", "not a whole number")]
    [InlineData("\"source\":\"s\",\"sequence\":7.5", "not a whole number")]
    public void Sequence_that_nobody_could_count_is_refused(string fields, string reason)
    {
        Parse($$$"""{"kind":"load",{{{fields}}},"labels":{"host":"h"},"values":{"value":1}}""", out var wrong);
        Assert.Contains(reason, wrong);
    }

    private static Observation Parse(string line, out string? wrong)
    {
        wrong = new ObservationParser(Some.Target, new PushOptions()).Parse(Encoding.UTF8.GetBytes(line), Some.Now, out var read);
        return read;
    }
}
