using Pipeline.Contracts;
using Pipeline.Ingest.Push;

namespace Pipeline.Ingest.Tests.Push;

public sealed class LineProtocolTests
{
    [Fact]
    public void A_point_becomes_an_observation()
    {
        var point = Some.Point("cpu,host=a,core=1 user=1.5,procs=7i,up=true,state=\"ok\" 1700000000000999999");

        Assert.Equal("cpu", point.Kind);
        Assert.Equal(1_700_000_000_000, point.Time);
        Assert.Equal("node-1", point.Source);
        Assert.Equal("a", point.Key);
        Assert.Equal(LabelSet.Of(("host", "a"), ("core", "1")), point.Labels);
        Assert.Equal([new("user", 1.5), new("procs", 7), new("up", 1)], point.Values);
        Assert.Equal(LabelSet.Of(("state", "ok")), point.Attributes);
    }

    [Fact]
    public void A_point_without_the_key_label_is_keyed_by_all_its_labels() => Assert.Equal("a=1,b=2", Some.Point("m,b=2,a=1 v=1").Key);

    [Fact]
    public void A_point_without_a_time_has_the_time_of_the_request() => Assert.Equal(Some.Now, Some.Point("m v=1").Time);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("-1.5", -1.5)]
    [InlineData(".5", .5)]
    [InlineData("1.", 1)]
    [InlineData("1e3", 1000)]
    [InlineData("1E+3", 1000)]
    [InlineData("-1e-3", -.001)]
    [InlineData("-9223372036854775808i", -9223372036854775808d)]
    [InlineData("18446744073709551615u", 18446744073709551615d)]
    [InlineData("t", 1)]
    [InlineData("TRUE", 1)]
    [InlineData("False", 0)]
    [InlineData("f", 0)]
    public void Numbers_and_booleans_are_values(string text, double value) =>
        Assert.Equal(value, Assert.Single(Some.Point($"m v={text}").Values).Value);

    [Theory]
    [InlineData(@"m\,x\ y v=1", "m,x y")]
    [InlineData(@"m\=x v=1", @"m\=x")]
    [InlineData(@"m\\x v=1", @"m\\x")]
    [InlineData("m=x v=1", "m=x")]
    [InlineData("µ☃ v=1", "µ☃")]
    public void Measurements_are_unescaped(string line, string kind) => Assert.Equal(kind, Some.Point(line).Kind);

    [Theory]
    [InlineData(@"m,a\ b=c\,d v=1", "a b", "c,d")]
    [InlineData(@"m,a\=b=c\=d v=1", "a=b", "c=d")]
    [InlineData(@"m,a=c\d v=1", "a", @"c\d")]
    [InlineData("m,a=\"q\" v=1", "a", "\"q\"")]
    public void Tags_are_unescaped(string line, string name, string text) => Assert.Equal(LabelSet.Of((name, text)), Some.Point(line).Labels);

    [Theory]
    [InlineData("""m v=1,s="a b,c=d" """, "a b,c=d")]
    [InlineData("""m v=1,s="a\"b\\c" """, """a"b\c""")]
    [InlineData("""m v=1,s="a\b" """, """a\b""")]
    [InlineData("""m v=1,s="" """, "")]
    [InlineData("m v=1,s=\"a\nb\"", "a\nb")]
    public void Texts_are_attributes(string line, string text) => Assert.Equal(text, Some.Point(line).Attributes["s"]);

    [Theory]
    [InlineData(@"m a\ b\,c\=d=1", "a b,c=d")]
    [InlineData("m \"a\"=1", "\"a\"")]
    public void Field_names_are_unescaped(string line, string name) => Assert.Equal(name, Some.Point(line).Values[0].Name);

    [Theory]
    [InlineData("m", "missing fields")]
    [InlineData("m ", "missing fields")]
    [InlineData(",a=b v=1", "missing measurement")]
    [InlineData("m,a= v=1", "missing tag value")]
    [InlineData("m,a v=1", "missing tag value")]
    [InlineData("m,=b v=1", "missing tag name")]
    [InlineData("m,a=b, v=1", "missing tag name")]
    [InlineData("m,a=b=c v=1", "a tag has more than one '='")]
    [InlineData("m,a=1,a=2 v=1", "a label is given twice")]
    [InlineData("m,time=1 v=1", "'time' may not be a name: InfluxDB has no such tag or field")]
    [InlineData("m time=1", "'time' may not be a name: InfluxDB has no such tag or field")]
    [InlineData("m v", "missing field value")]
    [InlineData("m v=", "missing field value")]
    [InlineData("m v=,w=1", "missing field value")]
    [InlineData("m v=1,", "missing field name")]
    [InlineData("m v=1,=2", "missing field name")]
    [InlineData("m v=1,v=2", "the value 'v' is given twice")]
    [InlineData("m v=1,s=\"a\",s=\"b\"", "a field is given twice")]
    [InlineData("m v=\"a", "unbalanced quotes")]
    [InlineData("m v=\"a\"b", "text after the closing quote")]
    [InlineData("m s=\"a\"", "no number among the values; a text alone cannot be measured")]
    [InlineData("m v=NaN", "a value is neither a finite number, a boolean nor a quoted text")]
    [InlineData("m v=-Inf", "a value is neither a finite number, a boolean nor a quoted text")]
    [InlineData("m v=1e400", "number out of range")]
    [InlineData("m v=1.5i", "bad integer, or out of the range of 64 bits")]
    [InlineData("m v=9223372036854775808i", "bad integer, or out of the range of 64 bits")]
    [InlineData("m v=-1u", "bad unsigned integer, or out of the range of 64 bits")]
    [InlineData("m v=+1", "a value is neither a finite number, a boolean nor a quoted text")]
    [InlineData("m v=1_0", "bad number")]
    [InlineData("m v=yes", "a value is neither a finite number, a boolean nor a quoted text")]
    [InlineData("m v=1 12a", "bad time; it is a whole number")]
    [InlineData("m v=1 +12", "bad time; it is a whole number")]
    [InlineData("m v=1 12 13", "bad time; it is a whole number")]
    [InlineData("m v=1 99999999999999999999", "bad time; it is a whole number")]
    [InlineData("m v=1 9223372036854775807", "time outside 1677-09-21 to 2262-04-11; is the precision right?")]
    [InlineData("tick v=1", "the kind 'tick' is reserved")]
    public void A_bad_line_has_a_reason(string line, string reason) => Assert.Equal(reason, Some.Reason(line));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_a_bad_line() =>
        Assert.Equal("not valid UTF-8", Some.Parser().Parse([(byte)'m', 0xff, (byte)' ', (byte)'v', (byte)'=', (byte)'1'], Some.Nanoseconds, 0, out _));

    [Fact]
    public void Each_bound_names_its_option()
    {
        var tight = new PushOptions { MaxLineBytes = 64, MaxLabels = 1, MaxLabelLength = 20, MaxValues = 1 };

        Assert.Equal("the line has 68 bytes; push.maxLineBytes allows 64", Some.Reason("m v=" + new string('1', 64), tight));
        Assert.Equal("2 labels; push.maxLabels allows 1", Some.Reason("m,a=1,b=2 v=1", tight));
        Assert.Equal("labels of 24 characters; push.maxLabelLength allows 20", Some.Reason($"m,a={new string('x', 22)} v=1", tight));
        Assert.Equal("2 values and attributes; push.maxValues allows 1", Some.Reason("m v=1,w=2", tight));
        Assert.Equal("2 values and attributes; push.maxValues allows 1", Some.Reason("m v=1,s=\"a\"", tight));
    }

    [Fact]
    public void A_doubled_name_is_found_among_many()
    {
        var fields = string.Join(',', Enumerable.Range(0, 100).Select(i => $"f{i}=1"));
        Assert.Null(Some.Reason($"m {fields}"));
        Assert.Equal("the value 'f7' is given twice", Some.Reason($"m {fields},f7=2"));
    }

    [Fact]
    public void More_series_than_are_remembered_are_still_told_apart()
    {
        var parser = Some.Parser();
        for (var round = 0; round < 2; round++)
            for (var i = 0; i < 40_000; i++)
            {
                Assert.Null(parser.Parse(System.Text.Encoding.UTF8.GetBytes($"m,host=h{i} v{i}=1"), Some.Nanoseconds, 0, out var point));
                Assert.Equal($"h{i}", point.Key);
                Assert.Equal($"v{i}", point.Values[0].Name);
            }
    }
}
