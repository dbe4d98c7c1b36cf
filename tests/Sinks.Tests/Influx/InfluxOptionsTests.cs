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
}
