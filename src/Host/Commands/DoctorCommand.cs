using System.CommandLine;
using System.Runtime.InteropServices;
using Pipeline.Host.Feeds;

namespace Pipeline.Host.Commands;

/// <summary><c>pipeline doctor</c>: what this program was built with, and whether it could run here.</summary>
internal static class DoctorCommand
{
    public static Command Build()
    {
        var (config, data) = (Arguments.Config(), Arguments.Data());
        var command = new Command("doctor", "Say what is left out of this build and what stands in, and what would keep it from running.") { config, data };
        command.SetAction(parsed => Examine(parsed.GetValue(config), parsed.GetValue(data)!));
        return command;
    }

    private static int Examine(string? config, string data)
    {
        Console.WriteLine($"{Product.Name} {Product.Version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        Console.WriteLine();
        Console.WriteLine("Packages:");
        foreach (var package in FeedReport.Read()) Console.WriteLine($"  {package}");
        Console.WriteLine();
        var findings = Findings(config, data).ToList();
        foreach (var (sound, text) in findings) Console.WriteLine($"{(sound ? "  ok" : "FAIL")}  {text}");
        return findings.TrueForAll(f => f.Sound) ? 0 : ExitCodes.Failed;
    }

    private static IEnumerable<(bool Sound, string Text)> Findings(string? config, string data)
    {
        var loaded = LoadedConfiguration.Load(config);
        yield return (loaded.Options is not null, loaded.Options is not null ? $"configuration {loaded.File}" : $"configuration {loaded.File} has problems: see 'pipeline check'");
        yield return DataFolder(data);
        if (loaded.Options is { } options) yield return Topics.Compare(options, data);
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

    private static class Topics
    {
        /// <summary>A topic keeps the partitions that it was made with.</summary>
        public static (bool, string) Compare(PipelineOptions options, string data)
        {
            try
            {
                var log = Transport.Embedded.EmbeddedLog.OpenReadOnly(Path.Combine(data, "log"), TimeProvider.System);
                var topics = log.DescribeAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
                log.DisposeAsync().AsTask().GetAwaiter().GetResult();
                var differing = topics.Where(t => t.Partitions.Count != options.Log.Partitions).Select(t => $"{t.Name} has {t.Partitions.Count}").ToList();
                return differing.Count == 0
                    ? (true, $"log with {topics.Count} topics")
                    : (false, $"log.partitions is {options.Log.Partitions}, but {string.Join(", ", differing)}. Existing topics keep theirs; set it so, or begin a new data folder.");
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return (true, "no log yet");
            }
        }
    }
}
