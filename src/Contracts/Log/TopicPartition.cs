namespace Pipeline.Contracts;

/// <summary>Where a total order holds.</summary>
public readonly record struct TopicPartition(string Topic, int Partition)
{
    public override string ToString() => $"{Topic}/{Partition}";
}
