using System.Text.Json.Nodes;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

[Trait("Needs", "kafka")]
[Collection(SubscriberTests.Name)]
public sealed class MergeTests(FilledKafka kafka)
{
    [Fact]
    public async Task Merged_results_count_what_the_results_in_Kafka_count_together()
    {
        var before = Counted();
        var (exit, output, error) = await PipelineProgram.RunAsync("topics", "merge", "--window", "load", "--from", "earliest", "--json", "--kafka", kafka.Servers);
        Assert.True(exit == 0, error);
        Assert.InRange(JsonNode.Parse(output)!["count"]!.GetValue<long>(), before, Counted());
        Assert.True(before > 0);
    }

    /// <summary>By now, while the program may still publish.</summary>
    private long Counted() => kafka.Read("windows").Sum(r => JsonNode.Parse(r.Message.Value)!["count"]!.GetValue<long>());
}
