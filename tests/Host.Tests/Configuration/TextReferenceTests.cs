using Pipeline.Host.Configuration;

namespace Pipeline.Host.Tests.Configuration;

public sealed class TextReferenceTests : IDisposable
{
    private const string Name = "PIPELINE_TEST_TEXT_REFERENCE";
    private const string Secret = "S3cret!";

    private readonly string _file = Path.GetTempFileName();

    public TextReferenceTests()
    {
        Environment.SetEnvironmentVariable(Name, Secret);
        File.WriteAllText(_file, Secret + "\n");
    }

    [Fact]
    public void A_text_can_come_from_the_environment_or_from_a_file() =>
        Assert.Equal($"a {Secret} b {Secret}", Read($$"""{ "name": "n", "note": "a ${env:{{Name}}} b ${file:{{_file}}}" }""").Value!.Note);

    [Fact]
    public void A_text_in_a_map_can_too() =>
        Assert.Equal(Secret, Read($$"""{ "name": "n", "labels": { "x": "${env:{{Name}}}" } }""").Value!.Labels["x"]);

    [Theory]
    [InlineData("${env:PIPELINE_TEST_NOT_SET}", "f.json: note refers to the environment variable PIPELINE_TEST_NOT_SET, which is not set. Set it for the program, or write the text itself.")]
    [InlineData("${file:/nowhere/at/all}", "f.json: note refers to the file /nowhere/at/all, which cannot be read. Check the path, and that the user of the program may read it.")]
    [InlineData("${file:/dev/zero}", "f.json: note refers to the file /dev/zero, which is 64 KiB or longer. Check that this is the right file.")]
    public void What_is_not_there_is_reported_with_its_name_and_its_place(string text, string problem) =>
        Assert.Equal([problem], Read($$"""{ "name": "n", "note": "{{text}}" }""").Problems.Select(p => p.ToString()));

    [Fact]
    public void What_a_reference_stands_for_is_checked_and_never_shown()
    {
        var problem = Assert.Single(Read($$"""{ "name": "${env:{{Name}}}" }""").Problems);

        Assert.Equal("name", problem.Path);
        Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(Name, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$5 and {braces}")]
    [InlineData("${other:thing}")]
    public void Any_other_text_is_itself(string text) => Assert.Equal(text, Read($$"""{ "name": "n", "note": "{{text}}" }""").Value!.Note);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Name, null);
        File.Delete(_file);
    }

    private static ConfigurationResult<SampleOptions> Read(string json) => ConfigurationReader.Read<SampleOptions>(json, "f.json");
}
