namespace Pipeline.Host;

/// <summary>What the command line says instead of the file.</summary>
/// <param name="Urls">The addresses to listen on; none leaves the file's.</param>
/// <param name="Kafka">The servers of the cluster.</param>
internal sealed record Overrides(IReadOnlyList<string>? Urls = null, string? Kafka = null)
{
    public PipelineOptions Over(PipelineOptions options)
    {
        if (Urls is { Count: > 0 }) options = options with { Http = options.Http with { Urls = Urls } };
        if (Kafka is not null) options = options with { Log = options.Log with { Kafka = (options.Log.Kafka ?? new()) with { Servers = Kafka } } };
        return options;
    }
}
