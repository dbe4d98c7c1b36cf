namespace Pipeline.Bench.Log;

/// <summary>The bound: the same bytes through one unbuffered file, without frames, checksums or commits.</summary>
public static class FileRun
{
    public static Task<LogFigures> MeasureAsync(string folder)
    {
        var path = Path.Combine(folder, "file");
        return LogFigures.OfAsync(() => Task.Run(() => Append(path)), () => Task.Run(() => Read(path)));
    }

    private static void Append(string path)
    {
        var chunk = new byte[LogBench.PerCommit * SampleRecord.Bytes];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var done = 0; done < LogBench.Records; done += LogBench.PerCommit)
        {
            for (var at = 0; at < chunk.Length; at += SampleRecord.Bytes)
            {
                SampleRecord.Key.CopyTo(chunk, at);
                SampleRecord.Value.CopyTo(chunk, at + SampleRecord.Key.Length);
            }
            file.Write(chunk);
        }
    }

    private static long Read(string path)
    {
        var buffer = new byte[1024 * 1024];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        long bytes = 0;
        for (int read; (read = file.Read(buffer)) > 0;) bytes += read;
        return bytes;
    }
}
