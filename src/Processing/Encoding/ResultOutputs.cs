using Pipeline.Contracts;

namespace Pipeline.Processing;

/// <summary>The results of a run, as records of a topic.</summary>
internal sealed class ResultOutputs(ResultEncoder encoder, ResultRun run, string topic) : IOutputs
{
    private const int Ahead = 6;

    public int Count => run.Count;

    public void Write(int index, RecordBatch batch)
    {
        if (index + Ahead < Count) run.Fetch(index + Ahead);
        var result = encoder.Encode(run, index);
        batch.Add(new TopicPartition(topic, result.Partition), result.Key, result.Value);
    }
}
