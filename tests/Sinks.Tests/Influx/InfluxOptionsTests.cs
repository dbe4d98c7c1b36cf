using Pipeline.Sinks.Influx;

namespace Pipeline.Sinks.Tests.Influx;

public sealed class InfluxOptionsTests
{
    [Theory]
    [InlineData("http://h:8086", "d", null, null, "")]
    [InlineData("https://h", null, "b", "t", "")]
    [InlineData("h:8086", "d", null, null, "url")]
    [InlineData("http://h", null, null, null, "database")]
    [InlineData("http://h", "d", "b", null, "database")]
    [InlineData("http://h", "d", null, "t", "")]
    public void What_does_not_go_together_is_named(string url, string? database, string? bucket, string? token, string wrong) => Assert.Equal(
        wrong, string.Join(' ', InfluxOptions.Check(new InfluxOptions { Url = url, Database = database, Bucket = bucket, Token = token }).Select(p => p.Path)));

    [Theory]
    [InlineData("http://127.0.0.1:8086", "http://127.0.0.1:8086 d")]
    [InlineData("https://me:s3cret@host/influx/?u=me&p=s3cret", "https://host/influx d")]
    [InlineData("s3cret", " d")]
    public void Text_holds_no_secrets(string url, string text) =>
        Assert.Equal(text, new InfluxOptions { Url = url, Database = "d", User = "me", Password = "s3cret", Token = "s3cret" }.ToString());

    [Fact]
    public void Problem_of_an_address_does_not_repeat_it() =>
        Assert.DoesNotContain("s3cret", InfluxOptions.Check(new InfluxOptions { Url = "htp://me:s3cret@host", Database = "d" }).Single().Problem, StringComparison.Ordinal);
}
