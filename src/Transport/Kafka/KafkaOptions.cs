using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pipeline.Contracts;

namespace Pipeline.Transport.Kafka;

/// <summary>The Kafka cluster that is the log.</summary>
public sealed record KafkaOptions
{
    [Required, MinLength(3)]
    [Description("Where the cluster is: host:port, several with commas between them.")]
    public string Servers { get; init; } = "";

    [Secret]
    [Description("Settings of librdkafka by its own names, for example security.protocol, sasl.password, compression.type; those of ours that they name are overruled.")]
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    [Description("Copies of every topic that is created; null takes the cluster's default.")]
    [Range(1, 100)]
    public int? Replication { get; init; }

    [Description("Results are published together for at most this long. Longer is cheaper, shorter is sooner.")]
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan MaxTransactionAge { get; init; } = TimeSpan.FromMilliseconds(100);

    [Description("A process that has not been heard for this long has its partitions taken over.")]
    [Range(typeof(TimeSpan), "00:00:00.5", "00:10:00")]
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(1.5);
}
