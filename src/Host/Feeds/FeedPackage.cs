namespace Pipeline.Host.Feeds;

/// <summary>A package that a partial feed may lack.</summary>
/// <param name="IsIn">Whether this program was built with it.</param>
/// <param name="WithoutIt">What is left out where it is missing, and what stands in.</param>
public sealed record FeedPackage(string Name, bool IsIn, string WithoutIt)
{
    public override string ToString() => IsIn ? $"{Name}: in the feed" : $"{Name}: not in the feed; {WithoutIt}";
}
