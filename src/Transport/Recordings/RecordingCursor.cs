using Microsoft.Win32.SafeHandles;
using Pipeline.Contracts;

namespace Pipeline.Transport.Recordings;

/// <summary>A place in one partition of a recording. While the records of one block are handed out, the next block is unpacked.</summary>
public sealed class RecordingCursor : IDisposable
{
    private readonly TopicPartition _partition;
    private readonly string _path;
    private readonly IReadOnlyList<BlockPlace> _places;
    private readonly SafeFileHandle _file;
    private Block _block = new();
    private Block _loaded = new();
    private Task _loading = Task.CompletedTask;
    private int _next;

    internal RecordingCursor(string path, TopicPartition partition, IReadOnlyList<BlockPlace> places)
    {
        (_path, _partition, _places) = (path, partition, places);
        _file = File.OpenHandle(path, share: FileShare.ReadWrite);
        Load();
    }

    /// <summary>When the log took the next record, Unix milliseconds; null where there is none.</summary>
    public long? NextTime => _block.HasEntry ? _block.NextTime : _next < _places.Count ? _places[_next].Header.FirstTime : null;

    /// <summary>
    /// Fills a slice with the next records: at most so many, and none from the first on that the log took at <paramref name="before"/> or later.
    /// It is valid until the next call.
    /// </summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="RecordingDamagedException">The file is not what it was when it was opened, or its writer erred.</exception>
    public bool Fill(LogSlice slice, long before, int most)
    {
        if (NextTime is not { } time || time >= before || most <= 0) return false;
        try
        {
            if (!_block.HasEntry) MoveOn();
            _block.Begin(slice, _partition);
            while (_block.HasEntry && _block.NextTime < before && slice.Count < most) _block.MoveTo(slice);
            return true;
        }
        catch (FormatException e)
        {
            throw new RecordingDamagedException(_path, new RecordingDamage(_places[_next - 1].Position, _places.Take(_next - 1).Sum(p => (long)p.Header.Count), e.Message));
        }
    }

    public void Dispose()
    {
        Task.WaitAny(_loading); // the file may not be closed under it
        _file.Dispose();
    }

    private void MoveOn()
    {
        _next++;
        _loading.GetAwaiter().GetResult();
        (_block, _loaded) = (_loaded, _block);
        Load();
    }

    private void Load()
    {
        if (_next == _places.Count) return;
        var (place, block) = (_places[_next], _loaded);
        _loading = Task.Run(() => block.Load(_file, place));
    }
}
