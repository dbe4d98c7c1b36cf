using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pipeline.Contracts;
using Pipeline.Transport.Embedded;
using Pipeline.Transport.Kafka;

namespace Pipeline.Host;

/// <summary>The topics, and how they are kept.</summary>
public sealed record LogOptions
{
    [Description("Partitions of every topic. Topics that exist keep what they have.")]
    [Range(1, 256)]
    public int Partitions { get; init; } = 2;

    [Description("What the name of every topic begins with.")]
    [RegularExpression("([A-Za-z0-9_-][A-Za-z0-9_.-]{0,49})?")]
    public string Prefix { get; init; } = "";

    [Description("How long each topic is kept.")]
    public LogRetentionOptions Retention { get; init; } = new();

    [Description("The log on this machine's disk.")]
    public EmbeddedLogOptions Disk { get; init; } = new();

    [Description("The Kafka cluster that is the log; null keeps the log on this machine's disk.")]
    public KafkaOptions? Kafka { get; init; }

    /// <summary>The topics of a log that several processes share.</summary>
    public IReadOnlyList<TopicSpec> KafkaSpecs() => [.. Specs(), new(new Topics(Prefix).Members, 1, TimeSpan.FromHours(1), 64 << 20)];

    /// <summary>The topics as these options want them.</summary>
    public IReadOnlyList<TopicSpec> Specs()
    {
        var topics = new Topics(Prefix);
        TopicSpec Spec(string name, RetentionOptions keep, bool compacted = false) => new(name, Partitions, keep.MaxAge, keep.MaxBytes, compacted);
        return
        [
            Spec(topics.Observations, Retention.Observations),
            Spec(topics.Windows, Retention.Windows),
            Spec(topics.Partials, Retention.Other),
            Spec(topics.Late, Retention.Other),
            Spec(topics.DeadLetter, Retention.Other),
            Spec(topics.Progress, Retention.Other, compacted: true),
        ];
    }
}
