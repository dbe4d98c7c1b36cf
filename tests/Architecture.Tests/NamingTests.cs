using System.Text.RegularExpressions;

namespace Pipeline.Architecture.Tests;

public partial class NamingTests
{
    private static readonly string[] Empty = ["Utils", "Helpers", "Common", "Shared", "Core", "Manager"];

    [Fact]
    public void Folders_are_named_for_what_is_in_them() =>
        Assert.DoesNotContain(Repository.Sources.SelectMany(f => f.Split(Path.DirectorySeparatorChar)[..^1]), IsEmpty);

    [Fact]
    public void Types_are_named_for_what_they_are()
    {
        var names = Repository.Sources.SelectMany(f => Found(DeclaredType(), f)).ToList();

        Assert.Contains(nameof(NamingTests), names);
        Assert.DoesNotContain(names, IsEmpty);
    }

    [Theory]
    [InlineData("Utils", true)]
    [InlineData("StringHelper", true)]
    [InlineData("ConnectionManager", true)]
    [InlineData("CpuCore", false)]
    [InlineData("Windows", false)]
    public void An_empty_name_is_found(string name, bool expected) => Assert.Equal(expected, IsEmpty(name));

    [Fact]
    public void Tests_are_sentences()
    {
        var names = Repository.Files("tests", "*.cs").SelectMany(f => Found(TestMethod(), f)).ToList();

        Assert.Contains(nameof(Tests_are_sentences), names);
        Assert.DoesNotContain(names, name => !IsSentence(name));
    }

    [Theory]
    [InlineData("Late_sample_is_counted", true)]
    [InlineData("Push_WhenLate_IsDropped", false)]
    [InlineData("TestLateSample", false)]
    [InlineData("Works_fine", false)]
    public void A_test_that_is_no_sentence_is_found(string name, bool expected) => Assert.Equal(expected, IsSentence(name));

    private static IEnumerable<string> Found(Regex names, string file) => names.Matches(Repository.Read(file)).Select(m => m.Groups[1].Value);

    private static bool IsEmpty(string name) => Empty.Contains(name) || EmptyEnding().IsMatch(name);

    // A capital, at least three words, most of them small.
    private static bool IsSentence(string name) => name.Split('_') is { Length: >= 3 } words && char.IsUpper(name[0]) | char.IsDigit(name[0])
        && words.Skip(1).Count(w => !w.Any(char.IsUpper)) * 2 >= words.Length - 1;

    [GeneratedRegex(@"^\s*(?:[a-z]+ )*(?:class|struct|interface|enum|record) (?:class |struct )?(\w+)", RegexOptions.Multiline)]
    private static partial Regex DeclaredType();

    [GeneratedRegex("(Utils?|Helpers?|Manager)$")]
    private static partial Regex EmptyEnding();

    [GeneratedRegex(@"^\s*\[(?:Fact|Theory)\b[^{;]*?\b(?:void|Task|ValueTask)\s+(\w+)\(", RegexOptions.Multiline)]
    private static partial Regex TestMethod();
}
