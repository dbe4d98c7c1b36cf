using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

/// <summary>docs/subscribe.md, line by line, against a real Kafka that the real program has filled.</summary>
[Trait("Needs", "kafka")]
[Collection(SubscriberTests.Name)]
public sealed class SubscribePageTests(FilledKafka kafka)
{
    public static IEnumerable<object[]> Commands => PageBlock.All.Index().Where(b => b.Item.Language != "csharp").Select(b => new object[] { b.Index, b.Item.Program });

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_on_the_page_prints_what_the_page_says(int index, string program)
    {
        var block = PageBlock.All[index];
        Assert.True(block.Prints is not null, $"Say before this block what it prints, <!-- prints ... -->: {block.Code}");

        var (isPrinted, said) = await block.RunAsync(kafka.Servers, block.IsProgram ? FilledKafka.Mixed : "windows");
        Assert.True(isPrinted, $"{program} does not print {block.Prints}, but:\n{said}");
    }

    [Fact]
    public void The_page_shows_all_four_ways() =>
        Assert.Subset(PageBlock.All.Select(b => b.Program).ToHashSet(), new HashSet<string> { "kcat", "kafka-console-consumer.sh", "dotnet", "import" });

    [Fact]
    public void Lines_that_the_page_shows_of_the_sample_are_in_it()
    {
        var sample = Repository.Read("samples/Subscriber/Program.cs");

        Assert.All(PageBlock.All.Where(b => b.Language == "csharp"), block => Assert.Contains(block.Code, sample, StringComparison.Ordinal));
        Assert.InRange(sample.Count(c => c == '\n'), 20, 59);
    }
}
