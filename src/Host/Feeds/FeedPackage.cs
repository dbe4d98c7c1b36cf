namespace Pipeline.Host.Feeds;

/// <summary>A package that a partial feed may lack.</summary>
/// <param name="IsIn">Whether this program was built with it.</param>
/// <param name="LeftOut">What it brings.</param>
/// <param name="StandIn">What does its work where it is missing.</param>
public sealed record FeedPackage(string Name, bool IsIn, string LeftOut, string StandIn)
{
    public override string ToString() => IsIn ? $"{Name}: in" : $"{Name}: not in; without {LeftOut}, and instead of it {StandIn}";
}
