namespace Pipeline.Transport.Tests;

/// <summary>A folder for one test.</summary>
/// <param name="inMemory">For many small files: where there is a memory file system, it spares the disk.</param>
internal sealed class TemporaryFolder(bool inMemory = false) : IDisposable
{
    public string Path { get; } = inMemory && Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/pipeline-log-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("pipeline-log-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
