using Pipeline.Host.Retune;

namespace Pipeline.Host.Run;

/// <summary>What one run is told beside its configuration.</summary>
/// <param name="For">Ends by itself after this time; null runs on.</param>
/// <param name="IsInteractive">A person reads the console.</param>
internal sealed record RunSettings(PipelineOptions Options, string Data, TimeSpan? For, bool IsInteractive, Roles Roles = Roles.All)
{
    /// <summary>What is watched for changes; null where nothing is.</summary>
    public WatchedConfiguration? Watched { get; init; }

    public string Node => Options.Node ?? Environment.MachineName;
    public bool Does(Roles role) => Roles.HasFlag(role);
    public string MemberFolder => Path.Combine(Data, "members");
    public string LogFolder => Path.Combine(Data, "log");
}
