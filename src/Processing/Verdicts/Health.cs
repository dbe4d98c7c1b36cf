namespace Pipeline.Processing;

/// <summary>How things are, best first. What is not known may be anything, so it is the worst.</summary>
public enum Health
{
    Healthy,
    Degraded,
    Unhealthy,
    Unknown,
}
