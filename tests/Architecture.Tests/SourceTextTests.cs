using System.Text.RegularExpressions;

namespace Pipeline.Architecture.Tests;

public partial class SourceTextTests
{
    [Fact]
    public void Sources_have_no_regions_and_no_silent_pragmas() =>
        Assert.Empty(Repository.Sources.SelectMany(f => Violations(Repository.Read(f)).Select(v => $"{f}: {v}")));

    [Theory]
    [InlineData("#reg" + "ion Fields", 1)]
    [InlineData("  #pragma warning dis" + "able CA1031", 1)]
    [InlineData("#pragma warning dis" + "able CA1031 // the loop outlives one bad request", 0)]
    [InlineData("#pragma warning restore CA1031", 0)]
    public void A_region_and_a_pragma_without_a_reason_are_found(string line, int expected) => Assert.Equal(expected, Violations(line).Count());

    private static IEnumerable<string> Violations(string text) => Violation().Matches(text).Select(m => m.Value.Trim());

    [GeneratedRegex(@"^\s*#(region|pragma warning disable(?!.*// \w)).*$", RegexOptions.Multiline)]
    private static partial Regex Violation();
}
