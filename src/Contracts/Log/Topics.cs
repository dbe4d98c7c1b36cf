namespace Pipeline.Contracts;

/// <summary>The names of the topics, under one prefix.</summary>
public sealed record Topics(string Prefix = "")
{
    /// <summary>What the sources saw, and their ticks.</summary>
    public string Observations => Prefix + "observations";

    /// <summary>Parts of windows that span partitions, keyed by group, and the ticks of the partitions they come from.</summary>
    public string Partials => Prefix + "partials";

    /// <summary>The results of windows.</summary>
    public string Windows => Prefix + "windows";

    /// <summary>Values that came too late for their windows.</summary>
    public string Late => Prefix + "late";

    /// <summary>Records that could not be used.</summary>
    public string DeadLetter => Prefix + "dead-letter";

    /// <summary>How far each stage is. Compacted.</summary>
    public string Progress => Prefix + "progress";

    /// <summary>Which processes share the work, where several do.</summary>
    public string Members => Prefix + "members";
}
