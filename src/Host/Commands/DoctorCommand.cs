using System.CommandLine;
using System.Runtime.InteropServices;
using Pipeline.Contracts;
using Pipeline.Host.Feeds;
using Pipeline.Transport.Kafka;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline doctor</c>: what this program was built with, and whether it could run here.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var (config, data, kafka) = (Arguments.Config(), Arguments.Data(), Arguments.Kafka());
        var command = new Command("doctor", "Say what is left out of this build and what stands in, and what would keep it from running.") { config, data, kafka };
        command.SetAction(parsed => Examine(LoadedConfiguration.Load(parsed.GetValue(config), new Overrides(Kafka: parsed.GetValue(kafka))), parsed.GetValue(data)!));
        return command;
    }

    private static int Examine(LoadedConfiguration loaded, string data)
    {
        Console.WriteLine($"{Product.Name} {Product.Version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        Console.WriteLine();
        Console.WriteLine("Packages:");
        foreach (var package in FeedReport.Read()) Console.WriteLine($"  {package}");
        Console.WriteLine();
        var findings = Findings(loaded, data).ToList();
        foreach (var (sound, text) in findings) Console.WriteLine($"{(sound ? "  ok" : "FAIL")}  {text}");
        return findings.TrueForAll(f => f.Sound) ? 0 : ExitCodes.Failed;
    }

    private static IEnumerable<(bool Sound, string Text)> Findings(LoadedConfiguration loaded, string data)
    {
        yield return (loaded.Options is not null, loaded.Options is not null ? $"configuration {loaded.File}" : $"configuration {loaded.File} has problems: see 'pipeline check'");
        yield return DataFolder(data);
        if (loaded.Options is { } options)
            foreach (var finding in LogAsync(options, data).GetAwaiter().GetResult()) yield return finding;
        yield return (Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")), "the page is built (it needs npm)");
        yield return (!OperatingSystem.IsLinux() || Directory.Exists("/proc/1"), "/proc can be read, for the hardware source");
    }

    private static (bool, string) DataFolder(string data)
    {
        try
        {
            Directory.CreateDirectory(data);
            var probe = Path.Combine(data, ".doctor");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            var drive = new DriveInfo(Path.GetFullPath(data));
            return (drive.AvailableFreeSpace > 1L << 30, $"data folder {Path.GetFullPath(data)}, {drive.AvailableFreeSpace >> 30} GiB free");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (false, $"data folder {data}: {e.Message} Choose another with --data.");
        }
    }

    private static async Task<IReadOnlyList<(bool, string)>> LogAsync(PipelineOptions options, string data)
    {
        try
        {
            if (options.Log.Kafka is { } kafka) return await KafkaAsync(options, kafka);
            await using var log = Transport.Embedded.EmbeddedLog.OpenReadOnly(Path.Combine(data, "log"), TimeProvider.System);
            var topics = await log.DescribeAsync(CancellationToken.None);
            var differing = topics.Where(t => t.Partitions.Count != options.Log.Partitions).Select(t => $"{t.Name} has {t.Partitions.Count}").ToList();
            return differing.Count == 0
                ? [(true, $"log with {topics.Count} topics")]
                : [(false, $"log.partitions is {options.Log.Partitions}, but {string.Join(", ", differing)}. Existing topics keep theirs; set it so, or begin a new data folder.")];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [(true, "no log yet")];
        }
        catch (LogUnavailableException e)
        {
            return [(false, e.Message)];
        }
    }

    private static async Task<IReadOnlyList<(bool, string)>> KafkaAsync(PipelineOptions options, KafkaOptions kafka)
    {
        await using var log = ReadOnlyLog.Kafka(options, kafka);
        var topics = await log.DescribeAsync(CancellationToken.None);
        return [(true, $"Kafka at {kafka.Servers} with {topics.Count} of our topics"), .. (await log.DifferencesAsync()).Select(d => (false, "topic " + d))];
    }
}
