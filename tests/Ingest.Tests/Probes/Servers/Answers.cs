using System.Text;

namespace Pipeline.Ingest.Tests.Probes;

/// <summary>What servers do to a connection, the good and the bad.</summary>
public static class Answers
{
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the request and says nothing until the prober goes away.</summary>
    public static async Task Silence(Stream stream, CancellationToken end)
    {
        await Request(stream, end);
        await stream.CopyToAsync(Stream.Null, end);
    }

    public static async Task Hangup(Stream stream, CancellationToken end) => await Request(stream, end);

    public static Func<Stream, CancellationToken, Task> Text(string response, Action<string>? heard = null) => async (stream, end) =>
    {
        var request = await Request(stream, end);
        heard?.Invoke(request);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(response), end);
    };

    public static Func<Stream, CancellationToken, Task> Ok(string body, Action<string>? heard = null) =>
        Text($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}", heard);

    public static Func<Stream, CancellationToken, Task> RedirectTo(string location, int status = 302, Action<string>? heard = null) =>
        Text($"HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", heard);

    /// <summary>Answers one request after the other on the same connection.</summary>
    public static async Task KeepAlive(Stream stream, CancellationToken end)
    {
        while ((await Request(stream, end)).Length > 0)
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray(), end);
    }

    public static async Task Endless(Stream stream, CancellationToken end)
    {
        await Request(stream, end);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), end);
        for (var block = new byte[8192]; ;) await stream.WriteAsync(block, end);
    }

    /// <summary>One byte of the response, a pause, the next byte.</summary>
    public static Func<Stream, CancellationToken, Task> Drip(string response, TimeSpan pause) => async (stream, end) =>
    {
        await Request(stream, end);
        foreach (var letter in Encoding.Latin1.GetBytes(response))
        {
            await stream.WriteAsync(new[] { letter }, end);
            await Task.Delay(pause, TimeProvider.System, end);
        }
    };

    /// <summary>Pauses before the header and in the middle of the body.</summary>
    public static async Task Hesitantly(Stream stream, CancellationToken end)
    {
        await Request(stream, end);
        await Task.Delay(Pause, TimeProvider.System, end);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nha"u8.ToArray(), end);
        await Task.Delay(Pause * 2, TimeProvider.System, end);
        await stream.WriteAsync("ha"u8.ToArray(), end);
    }

    /// <summary>Reads a request without a body; empty where the connection ended.</summary>
    public static async Task<string> Request(Stream stream, CancellationToken end)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, end);
            if (count == 0) return "";
            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
        return text.ToString();
    }
}
