using System.Net;
using System.Net.Sockets;
using System.Text;
using Pipeline.Sinks.Influx;
using Pipeline.Testing;

namespace Pipeline.Sinks.Tests.Influx;

public sealed class InfluxHttpWriterTests
{
    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: Thu, 01 Jan 2026 00:00:09 GMT", 9)]
    [InlineData("X: y", null)]
    public async Task Retry_after_is_understood_as_seconds_and_as_a_date(string header, int? seconds)
    {
        using var listener = Listener(out var address);
        var answering = AnswerAsync(listener, $"HTTP/1.1 503 Busy\r\n{header}\r\nContent-Length: 0\r\n\r\n");
        using var writer = new InfluxHttpWriter(new InfluxOptions { Url = address, Database = "d" }, new TestTimeProvider());

        var answer = await writer.WriteAsync("m v=1\n"u8.ToArray(), default);

        Assert.Equal((InfluxOutcome.Unavailable, seconds), (answer.Outcome, (int?)answer.RetryAfter?.TotalSeconds));
        await answering;
    }

    [Fact]
    public async Task A_body_refused_while_it_is_sent_is_refused_at_the_second_try()
    {
        using var listener = Listener(out var address);
        var answering = Task.Run(async () =>
        {
            for (var i = 0; i < 2; i++) await AnswerAsync(listener, "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", reset: true);
        });
        using var writer = new InfluxHttpWriter(new InfluxOptions { Url = address, Database = "d" }, TimeProvider.System);
        var lines = Encoding.ASCII.GetBytes(new string('#', 64 << 20));

        var first = await writer.WriteAsync(lines, default);
        var answer = first.Outcome == InfluxOutcome.Refused ? first : await writer.WriteAsync(lines, default);

        Assert.Equal((InfluxOutcome.Refused, "413"), (answer.Outcome, answer.Words));
        listener.Stop();
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_unavailable_after_the_timeout()
    {
        using var listener = Listener(out var address);
        using var writer = new InfluxHttpWriter(new InfluxOptions { Url = address, Database = "d", Timeout = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);

        Assert.Equal(InfluxOutcome.Unavailable, (await writer.WriteAsync("m v=1\n"u8.ToArray(), default)).Outcome);
    }

    [Fact]
    public async Task A_server_that_stops_in_the_middle_of_its_answer_is_unavailable_after_the_timeout()
    {
        using var listener = Listener(out var address);
        using var writer = new InfluxHttpWriter(new InfluxOptions { Url = address, Database = "d", Timeout = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);
        var writing = writer.WriteAsync("m v=1\n"u8.ToArray(), default);
        using var connection = await listener.AcceptSocketAsync();
        await connection.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 100\r\n\r\nunable to"u8.ToArray());

        Assert.Equal(new InfluxAnswer(InfluxOutcome.Unavailable, "no answer within 0.1 s"), await writing.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task An_abort_ends_a_request()
    {
        using var listener = Listener(out var address);
        using var writer = new InfluxHttpWriter(new InfluxOptions { Url = address, Database = "d" }, TimeProvider.System);
        using var abort = new CancellationTokenSource();
        var writing = writer.WriteAsync("m v=1\n"u8.ToArray(), abort.Token);
        await abort.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
    }

    private static TcpListener Listener(out string address)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        address = $"http://{listener.LocalEndpoint}";
        return listener;
    }

    /// <summary>Answers one request once its headers have begun to come, whatever its body.</summary>
    private static async Task AnswerAsync(TcpListener listener, string answer, bool reset = false)
    {
        using var connection = await listener.AcceptSocketAsync();
        await connection.ReceiveAsync(new byte[16 * 1024]);
        await connection.SendAsync(Encoding.ASCII.GetBytes(answer));
        if (reset) connection.LingerState = new LingerOption(true, 0);
    }
}
