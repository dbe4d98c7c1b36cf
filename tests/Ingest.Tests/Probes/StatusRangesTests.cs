using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class StatusRangesTests
{
    [Theory]
    [InlineData("200-299", 200, true)]
    [InlineData("200-299", 299, true)]
    [InlineData("200-299", 300, false)]
    [InlineData("200-204, 304", 304, true)]
    [InlineData("401", 401, true)]
    [InlineData("401", 400, false)]
    public void Codes_and_ranges_are_both_ends_inclusive(string text, int status, bool contained)
    {
        Assert.True(StatusRanges.TryParse(text, out var ranges));
        Assert.Equal(contained, ranges.Contains(status));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("2xx")]
    [InlineData("299-200")]
    [InlineData("200-250-299")]
    [InlineData("99")]
    [InlineData("600")]
    [InlineData("200,")]
    [InlineData("-200")]
    public void Other_text_is_refused(string text) => Assert.False(StatusRanges.TryParse(text, out _));
}
