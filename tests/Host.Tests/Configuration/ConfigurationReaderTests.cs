using Pipeline.Contracts;
using Pipeline.Host.Configuration;

namespace Pipeline.Host.Tests.Configuration;

public class ConfigurationReaderTests
{
    [Fact]
    public void Every_kind_of_value_is_read()
    {
        var options = Read("""
            // comments are allowed
            {
              "name": "node-1", "parallel": 8, "ratio": 0.25, "enabled": false, "retention": "1d12h", "timeout": "500ms",
              "maxBodyBytes": "1MiB", "overflow": "wait", "quantiles": [0.5, 1], "labels": {"region": "eu"}, "note": "x",
              "windows": [{"size": "60s", "slide": "10s", "where": {"host": "a"}}], // and so are trailing commas
            }
            """).Value!;

        Assert.Equal(("node-1", 8, 0.25, false, "x"), (options.Name, options.Parallel, options.Ratio, options.Enabled, options.Note));
        Assert.Equal((TimeSpan.FromHours(36), TimeSpan.FromMilliseconds(500)), (options.Retention, options.Timeout));
        Assert.Equal((1024 * 1024, OverflowPolicy.Wait), (options.MaxBodyBytes, options.Overflow));
        Assert.Equal([0.5, 1], options.Quantiles);
        Assert.Equal("eu", options.Labels["region"]);
        Assert.Equal(new SampleWindow { Size = TimeSpan.FromSeconds(60), Slide = TimeSpan.FromSeconds(10), Where = LabelSet.Of(("host", "a")) }, options.Windows[0]);
    }

    [Fact]
    public void What_is_not_written_keeps_its_default()
    {
        var options = Read("""{"name": "a"}""").Value!;

        Assert.Equal(new SampleOptions { Name = "a", Quantiles = options.Quantiles, Labels = options.Labels, Windows = options.Windows }, options);
        Assert.Equal([0.5, 0.95], options.Quantiles);
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var problems = Read("""
            { "parallell": 8, "parallel": 65, "ratio": "high", "retention": "1 day", "overflow": "wayt", "overflow": "wait",
              "quantiles": ["x", 5], "windows": [{"size": "1s"}, {"slide": "1s"}, {"size": "1s", "slide": "2s"}] }
            """).Problems;

        Assert.Equal(
            [
                "f.json: overflow stands 2 times. Keep one of them.",
                "f.json: parallell is not an option. Did you mean 'parallel'?",
                "f.json: name is missing. Add it: The name of the node.",
                "f.json: parallel is 65, out of range. Use 1 to 64.",
                "f.json: ratio is \"high\", not a number. Write a number without quotes.",
                "f.json: retention is \"1 day\", not a duration. Write it like \"60s\", \"1h30m\" or \"500ms\" (units d, h, m, s, ms).",
                "f.json: quantiles[0] is \"x\", not a number. Write a number without quotes.",
                "f.json: quantiles[1] is 5, out of range. Use 0 to 1.",
                "f.json: windows[1].size is missing. Add it: The length of the window.",
                "f.json: windows[2].slide is longer than size. Make it equal or shorter.",
            ],
            problems.Select(p => p.ToString()));
    }

    [Theory]
    [InlineData("\"parallel\": 9999999999", "parallel is 9999999999, not a whole number. Write a whole number without quotes, such as 8.")]
    [InlineData("\"parallel\": null", "parallel is null. Give it a value, or leave it out.")]
    [InlineData("\"ratio\": 1.4", "ratio is 1.4, out of range. Use 0 to 1.")]
    [InlineData("\"ratio\": 1e999", "ratio is 1e999, not a number. Write a number without quotes.")]
    [InlineData("\"overflow\": \"wayt\"", "overflow is \"wayt\", not one of dropNewest, wait. Did you mean 'wait'?")]
    [InlineData("\"overflow\": \"never\"", "overflow is \"never\", not one of dropNewest, wait. Known here: dropNewest, wait.")]
    [InlineData("\"overflow\": {}", "overflow is an object, not one of dropNewest, wait. Known here: dropNewest, wait.")]
    [InlineData("\"retention\": \"59s\"", "retention is 59s, out of range. Use 1m to 30d.")]
    [InlineData("\"maxBodyBytes\": \"2GiB\"", "maxBodyBytes is 2GiB, out of range. Use 1KiB to 1GiB.")]
    [InlineData("\"maxBodyBytes\": \"32MB\"", "maxBodyBytes is \"32MB\", not a size. Write it like \"32MiB\" or 1048576 (units KiB, MiB, GiB, TiB).")]
    [InlineData("\"quantiles\": []", "quantiles has 0 entries, too few. Give it at least 1.")]
    [InlineData("\"quantiles\": 0.5", "quantiles is 0.5, not a list. Put it in [ ].")]
    [InlineData("\"labels\": {\"data center\": 1}", "labels[\"data center\"] is 1, not a text. Put it in quotes.")]
    [InlineData("\"windows\": [{\"size\": \"1s\", \"where\": {\"a\": 1}}]", "windows[0].where is an object, not an object of texts. Write it like { \"region\": \"eu\" }.")]
    [InlineData("\"windows\": [null]", "windows[0] is null. Give it a value, or leave it out.")]
    [InlineData("\"windows\": [{\"size\": \"1s\", \"size\": \"2s\"}]", "windows[0].size stands 2 times. Keep one of them.")]
    public void A_problem_names_file_place_and_remedy(string member, string expected)
    {
        var problem = Assert.Single(Read($$"""{"name": "a", {{member}}}""").Problems);

        Assert.Equal($"f.json: {expected}", problem.ToString());
    }

    [Theory]
    [InlineData("Big", "f.json: name is \"Big\". Use small letters, digits and dashes.")]
    [InlineData(" ", "f.json: name is empty. Give it a value.")]
    public void A_remedy_of_the_author_is_preferred(string name, string expected) =>
        Assert.Contains(Read($$"""{"name": "{{name}}"}""").Problems, p => p.ToString() == expected);

    [Theory]
    [InlineData("", "line 1, column 1", "is not JSON")]
    [InlineData("{\n  \"ä\": }", "line 2, column 8", "is not JSON")]
    [InlineData("{\"name\": \"a\"", "line 1, column 13", "is not JSON")]
    [InlineData("{\"name\": \"a\"} x", "line 1, column 15", "is not JSON")]
    [InlineData("{\n \"\\ud800\": 1}", "line 2, column 2", "holds an incomplete \\u escape")]
    public void Text_that_is_no_json_is_reported_with_line_and_column(string json, string place, string problem)
    {
        var found = Assert.Single(Read(json).Problems);

        Assert.Equal(place, found.Path);
        Assert.StartsWith(problem, found.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_reported_with_their_place() =>
        Assert.Equal(("line 2, column 3", "is not UTF-8"), Only(ConfigurationReader.Read<SampleOptions>((byte[])[.. "{\n  "u8, 0xff, .. "}"u8], "f")));

    [Fact]
    public void A_byte_order_mark_is_skipped() =>
        Assert.True(ConfigurationReader.Read<SampleOptions>("\uFEFF{\"name\": \"a\"}"u8.ToArray(), "f").IsSound);

    [Fact]
    public void A_record_that_cannot_be_written_as_options_is_a_bug_and_says_so() =>
        Assert.Throws<NotSupportedException>(() => ConfigurationReader.Read<ConfigurationProblem>("{}", "f"));

    private static (string, string) Only<T>(ConfigurationResult<T> result) where T : class
    {
        var problem = Assert.Single(result.Problems);
        return (problem.Path, problem.Problem);
    }

    private static ConfigurationResult<SampleOptions> Read(string json) => ConfigurationReader.Read<SampleOptions>(json, "f.json");
}
