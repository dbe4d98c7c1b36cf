using Pipeline.Host.Retune;
using Pipeline.Testing;

namespace Pipeline.Host.Tests.Retune;

public sealed class WatchedFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("watched-").FullName;
    private readonly TestTimeProvider _time = new();
    private readonly CancellationTokenSource _stop = new();
    private int _changes;

    private string Path => System.IO.Path.Combine(_folder, "pipeline.json");

    [Fact]
    public async Task File_that_is_renamed_into_place_is_told_of_once()
    {
        File.WriteAllText(Path, "{}");
        var running = Watch();
        File.WriteAllText(Path + ".new", "{ \"windows\": [] }");
        File.Move(Path + ".new", Path, overwrite: true);
        await Changes(1);
        await Look();
        Assert.Equal(1, _changes);
        await _stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task File_that_was_touched_or_put_back_is_not_told_of()
    {
        File.WriteAllText(Path, "{}");
        var running = Watch();
        File.WriteAllText(Path, "{}");
        File.SetLastWriteTimeUtc(Path, DateTime.UnixEpoch);
        await Look();
        File.WriteAllText(Path, "{ }");
        await Changes(1);
        Assert.Equal(1, _changes);
        await _stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task File_that_is_gone_is_told_of_and_so_is_its_return()
    {
        File.WriteAllText(Path, "{}");
        var running = Watch();
        File.Delete(Path);
        await Changes(1);
        File.WriteAllText(Path, "{}");
        await Changes(2);
        await _stop.CancelAsync();
        await running;
    }

    public void Dispose()
    {
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task Watch()
    {
        var file = new WatchedFile(Path, _time);
        return file.RunAsync(() => _changes++, _stop.Token);
    }

    private Task Changes(int count) => Eventually.Holds($"{count} changes", () =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return _changes == count;
    }, TimeSpan.FromSeconds(30));

    /// <summary>Lets it look some times.</summary>
    private async Task Look()
    {
        for (var look = 0; look < 5; look++)
        {
            await Eventually.Holds("it waits", () => _time.Waiting > 0, TimeSpan.FromSeconds(30));
            _time.Advance(TimeSpan.FromSeconds(3));
        }
    }
}
