namespace Pipeline.Contracts.Tests;

public sealed class TopicsTests
{
    [Fact]
    public void Topics_have_their_names_under_one_prefix()
    {
        var topics = new Topics("eu-");
        Assert.Equal(
            ["eu-observations", "eu-partials", "eu-windows", "eu-late", "eu-dead-letter", "eu-progress"],
            [topics.Observations, topics.Partials, topics.Windows, topics.Late, topics.DeadLetter, topics.Progress]);
        Assert.Equal("windows", new Topics().Windows);
    }

    [Fact]
    public void Partition_reads_as_a_path() => Assert.Equal("windows/7", new TopicPartition("windows", 7).ToString());

    [Fact]
    public void Topic_is_not_compacted_unless_told() =>
        Assert.False(new TopicSpec("t", 2, TimeSpan.FromDays(1), 1000).Compacted);
}
