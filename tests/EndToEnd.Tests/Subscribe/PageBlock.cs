using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Pipeline.Testing;

namespace Pipeline.EndToEnd.Tests;

/// <summary>A block of code on docs/subscribe.md, with what it says to print.</summary>
internal sealed partial record PageBlock(string Language, string Code, string? Prints)
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    public static IReadOnlyList<PageBlock> All { get; } =
    [
        .. Block().Matches(Repository.Read("docs/subscribe.md")).Select(m => new PageBlock(m.Groups[2].Value, m.Groups[3].Value, m.Groups[1] is { Success: true } prints ? prints.Value : null)),
    ];

    /// <summary>The first word.</summary>
    public string Program => Code.Split(' ', '\n')[0];

    /// <summary>Whether it is a program of its own, and not a tool that prints whatever comes.</summary>
    public bool IsProgram => Program is "dotnet" or "import";

    /// <summary>Runs it as a reader would who has a Kafka installed, until it has printed what it should or has ended.</summary>
    /// <param name="topic">Read in place of the results.</param>
    /// <returns>Whether it printed that, and all that it said, trouble included.</returns>
    public async Task<(bool IsPrinted, string Said)> RunAsync(string servers, string topic)
    {
        using var process = Process.Start(Command(servers, topic))!;
        var said = new ConcurrentQueue<string>();
        var seen = new TaskCompletionSource();
        process.OutputDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data ?? "");
            if (line.Data?.Contains(Prints!, StringComparison.Ordinal) == true) seen.TrySetResult();
        };
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(seen.Task, process.WaitForExitAsync(), Task.Delay(Bound, TimeProvider.System));
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        return (seen.Task.IsCompleted, string.Join('\n', said));
    }

    private ProcessStartInfo Command(string servers, string topic)
    {
        var code = Code.Replace("localhost:9092", servers, StringComparison.Ordinal).Replace("windows", topic, StringComparison.Ordinal).Replace("dotnet run ", $"dotnet run --no-build -c {Repository.Build} ", StringComparison.Ordinal);
        string[] arguments = ["-c", Language == "python" ? code : Installed + code];
        return new ProcessStartInfo(Language == "python" ? "/usr/bin/python3" : "/bin/bash", arguments) // Debian's packages are for Debian's Python
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root,
        };
    }

    /// <summary>What is in the folder bin of a Kafka.</summary>
    private static string Installed => Tool("kafka-console-consumer.sh", "ConsoleConsumer") + Tool("kafka-consumer-groups.sh", "group.ConsumerGroupCommand");

    private static string Tool(string name, string type) =>
        $"{name}() {{ java -Xmx256m -cp '{KafkaServer.Jars}' -Dorg.slf4j.simpleLogger.defaultLogLevel=warn org.apache.kafka.tools.consumer.{type} \"$@\"; }}\n";

    [GeneratedRegex(@"(?:<!-- prints ([^\n]+?) -->\n)?```(\w+)\n(.+?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
