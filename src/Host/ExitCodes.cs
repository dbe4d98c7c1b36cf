namespace Pipeline.Host;

/// <summary>What the program ends with. 0 is a clean end.</summary>
internal static class ExitCodes
{
    public const int Failed = 1;
    public const int BadConfiguration = 2;

    /// <summary>The data folder is in use, or cannot be read.</summary>
    public const int NoLog = 3;

    /// <summary>A recording could be read only up to some place.</summary>
    public const int DamagedRecording = 4;
}
