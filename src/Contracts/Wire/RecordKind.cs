namespace Pipeline.Contracts;

/// <summary>What the records of a topic are, as subscribers are told.</summary>
public sealed record RecordKind(string Name, string ContentType = "application/json")
{
    /// <summary>Goes up when a reader of the last one could not read this one.</summary>
    public const int Version = 1;

    /// <summary>In the manner of CloudEvents: what happened.</summary>
    public string Type => $"pipeline.{Name}.v{Version}";

    /// <summary>The name of the value's JSON schema, by its version.</summary>
    public string Schema => $"urn:pipeline:schema:{Name}:v{Version}";

    /// <summary>The record is somebody else's, in whatever form it had.</summary>
    public bool IsDeadLetter => Name == "dead-letter";

    /// <summary>The kind of a topic's records; that of observations where the topic is none of ours.</summary>
    public static RecordKind Of(string topic, Topics topics) =>
        topic == topics.Windows ? new("window")
        : topic == topics.Partials ? new("partial")
        : topic == topics.Late ? new("late")
        : topic == topics.DeadLetter ? new("dead-letter", "application/octet-stream")
        : topic == topics.Progress ? new("progress")
        : topic == topics.Members ? new("member")
        : new("observation");
}
