using System.Text;
using Pipeline.Ingest.Push;

namespace Pipeline.Ingest.Tests.Push;

public sealed class BodyLinesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1:a")]
    [InlineData("a\nb\n", "1:a|2:b")]
    [InlineData("a\r\n\r\n\nb", "1:a|2:|3:|4:b")]
    [InlineData("m s=\"x\ny\"\nn v=1", "1:m s=\"x\ny\"|3:n v=1")]
    [InlineData("m s=\"\\\"\n\\\\\",t=\"\n\" 5\nn v=1", "1:m s=\"\\\"\n\\\\\",t=\"\n\" 5|4:n v=1")]
    [InlineData("m s=\"x\nn v=1\no v=2", "1:m s=\"x|2:n v=1|3:o v=2")]
    [InlineData("m,t=\"x v=1\nn v=\"y\"", "1:m,t=\"x v=1|2:n v=\"y\"")]
    [InlineData("# s =\"x\nn v=1,s=\"y\"", "1:# s =\"x|2:n v=1,s=\"y\"")]
    [InlineData("  m s=\"x\ny\"", "1:  m s=\"x\ny\"")]
    public void Lines_are_numbered_and_quoted_breaks_kept(string body, string expected) =>
        Assert.Equal(expected, Lines(body, quotedBreaks: true));

    [Fact]
    public void Lines_of_JSON_end_at_every_break() => Assert.Equal("1:{ =\"|2:\"", Lines("{ =\"\n\"", quotedBreaks: false));

    private static string Lines(string body, bool quotedBreaks)
    {
        var lines = new BodyLines(Encoding.UTF8.GetBytes(body), quotedBreaks);
        List<string> found = [];
        while (lines.MoveNext()) found.Add($"{lines.Number}:{Encoding.UTF8.GetString(lines.Current)}");
        return string.Join('|', found);
    }
}
