namespace Pipeline.Sinks;

/// <summary>Tells how the pipeline itself is. Called about once a second, and by every scrape; must not block.</summary>
public interface IPipelineStatus
{
    PipelineSnapshot Read();
}
