namespace Pipeline.Sinks.Tests;

/// <summary>What others allocate meanwhile would be counted too.</summary>
[CollectionDefinition(nameof(ReadModelMemoryTests), DisableParallelization = true)]
[Collection(nameof(ReadModelMemoryTests))]
public sealed class ReadModelMemoryTests
{
    [Fact]
    public void Full_model_takes_less_than_200_bytes_a_point()
    {
        const int Points = 300_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var model = new ReadModel(new LiveOptions());
        for (var i = 0; i < Points; i++)
        {
            var result = Some.Result(host: $"host-{i % 500}", end: Some.Now + i / 500 * 2000);
            model.Apply(result with { Quantiles = new Dictionary<string, double> { ["0.5"] = 1, ["0.95"] = 2, ["0.99"] = 3 } });
            if (i % 1000 == 0) model.Changes.Take();
        }
        model.Changes.Take();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(Points, model.Stats.Points);
        Assert.InRange(bytes / (double)Points, 100, 200);
    }
}
