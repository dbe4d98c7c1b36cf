using System.Text.Json;
using Pipeline.Transport.Rebuilding;

namespace Pipeline.Host.Rebuilding;

/// <summary>Asks the running program to rebuild a window.</summary>
internal static class RebuildClient
{
    /// <param name="owner">Why it has to be asked.</param>
    public static async Task<RebuildAnswer> RunAsync(Uri program, RebuildOrder order, string owner, Action<RebuildProgress> moved, CancellationToken abort)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan }; // a proxy does not know this machine
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(program, "/api/rebuild")) { Content = JsonContent.Create(order) };
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, abort);
            using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(abort));
            while (await lines.ReadLineAsync(abort) is { } line)
            {
                var said = RebuildAnswer.Read(line);
                if (said.Progress is not { } progress) return said;
                moved(progress);
            }
            return RebuildAnswer.Broken($"{program} ended in the middle of its answer ({(int)answer.StatusCode}).");
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return RebuildAnswer.Broken("Interrupted.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException)
        {
            return new RebuildAnswer(Problem: $"{owner} Its program was asked at {program}, which gave no answer: {e.Message.TrimEnd('.')}. Name the program's address with --url.");
        }
    }
}
