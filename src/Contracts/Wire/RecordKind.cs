namespace Pipeline.Contracts;

/// <summary>What the records of a topic are, as subscribers are told.</summary>
public sealed record RecordKind(string Name, string ContentType = "application/json")
{
    /// <summary>Goes up when a reader of the last one could not read this one.</summary>
    public const int Version = 1;

    public static readonly RecordKind Observation = new("observation");
    public static readonly RecordKind Partial = new("partial");
    public static readonly RecordKind Window = new("window");
    public static readonly RecordKind Late = new("late");
    public static readonly RecordKind DeadLetter = new("dead-letter", "application/octet-stream");
    public static readonly RecordKind Progress = new("progress");
    public static readonly RecordKind Member = new("member");

    /// <summary>In the manner of CloudEvents: what happened.</summary>
    public string Type => $"pipeline.{Name}.v{Version}";

    /// <summary>The name of the value's JSON schema, by its version.</summary>
    public string Schema => $"urn:pipeline:schema:{Name}:v{Version}";

    /// <summary>The record is somebody else's, in whatever form it had.</summary>
    public bool IsDeadLetter => this == DeadLetter;

    /// <summary>
    /// The headers that all records of the topic carry: the content's type and the attributes of CloudEvents 1.0 in their binary form on Kafka,
    /// the schema with its version among them unless the record is somebody else's.
    /// </summary>
    public IReadOnlyList<(string Name, string Value)> Headers(string topic) =>
    [
        ("content-type", ContentType),
        ("ce_specversion", "1.0"),
        ("ce_type", Type),
        ("ce_source", $"/pipeline/{topic}"),
        .. IsDeadLetter ? [] : new[] { ("ce_dataschema", Schema) },
    ];

    /// <summary>The kind of a topic's records; that of observations where the topic is none of ours.</summary>
    public static RecordKind Of(string topic, Topics topics) =>
        topic == topics.Windows ? Window
        : topic == topics.Partials ? Partial
        : topic == topics.Late ? Late
        : topic == topics.DeadLetter ? DeadLetter
        : topic == topics.Progress ? Progress
        : topic == topics.Members ? Member
        : Observation;
}
