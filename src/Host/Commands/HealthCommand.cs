using System.CommandLine;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline health</c>: asks a running program whether it is ready, for health checks where there is no curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Build()
    {
        var url = new Option<string>("--url") { Description = "What to ask: /readyz, or /healthz for whether it is alive.", DefaultValueFactory = _ => "http://127.0.0.1:8080/readyz" };
        var command = new Command("health", "Ask a running program whether it is ready. The exit code is 0 if it is, else 1.") { url };
        command.SetAction((parsed, interrupted) =>
        {
            if (Uri.TryCreate(parsed.GetValue(url), UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return AskAsync(address, interrupted);
            Console.Error.WriteLine($"--url takes an address such as http://127.0.0.1:8080/readyz, not '{parsed.GetValue(url)}'.");
            return Task.FromResult(ExitCodes.Failed);
        });
        return command;
    }

    private static async Task<int> AskAsync(Uri url, CancellationToken interrupted)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience }; // a proxy does not know this machine
        try
        {
            using var answer = await http.GetAsync(url, interrupted);
            Console.Write(await answer.Content.ReadAsStringAsync(interrupted));
            return answer.IsSuccessStatusCode ? 0 : ExitCodes.Failed;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{url} does not answer: {e.Message}");
            return ExitCodes.Failed;
        }
    }
}
