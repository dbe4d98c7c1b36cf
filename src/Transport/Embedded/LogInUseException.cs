namespace Pipeline.Transport.Embedded;

/// <summary>Another process has the log open.</summary>
public sealed class LogInUseException(string folder, string owner, Exception? cause = null)
    : Exception($"The data folder {folder} is in use by process {owner}. End that one first, or choose another folder with --data.", cause);
