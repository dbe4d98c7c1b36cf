namespace Pipeline.Transport.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pipeline-log-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
