namespace Pipeline.Sinks;

/// <summary>How full the model is, and how many points it has let go, by the bound that was reached.</summary>
public readonly record struct LiveStats(int Series, int Points, long EvictedByAge, long EvictedByPoints, long EvictedBySeries);
