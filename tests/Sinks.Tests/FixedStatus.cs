namespace Pipeline.Sinks.Tests;

internal sealed class FixedStatus : IPipelineStatus
{
    private int _reads;

    public PipelineSnapshot Snapshot { get; set; } = Some.Snapshot();
    public int Reads => _reads;

    public PipelineSnapshot Read()
    {
        Interlocked.Increment(ref _reads);
        return Snapshot;
    }
}
