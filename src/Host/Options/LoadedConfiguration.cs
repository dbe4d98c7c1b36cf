using Pipeline.Host.Configuration;
using Pipeline.Processing;

namespace Pipeline.Host;

/// <summary>The configuration of this run, or everything that is wrong with it.</summary>
/// <param name="Options">Null where there are problems.</param>
internal sealed record LoadedConfiguration(string File, PipelineOptions? Options, IReadOnlyList<ConfigurationProblem> Problems)
{
    /// <summary>In the address of a probe: this program's own address.</summary>
    private const string Self = "{self}";

    public static string DefaultFile => Path.Combine(AppContext.BaseDirectory, "config", "pipeline.json");

    public static LoadedConfiguration Load(string? path, Overrides? overrides = null)
    {
        var file = path ?? DefaultFile;
        var read = ConfigurationReader.ReadFile<PipelineOptions>(file);
        return Checked(file, read, overrides ?? new Overrides());
    }

    /// <summary>Of a text that is in no file of its own.</summary>
    /// <param name="place">The name that problems are reported under.</param>
    public static LoadedConfiguration Read(string json, string place) => Checked(place, ConfigurationReader.Read<PipelineOptions>(json, place), new Overrides());

    /// <summary>Prints every problem.</summary>
    /// <returns>The exit code of a program that does not start on a bad configuration.</returns>
    public int Report(TextWriter writer)
    {
        foreach (var problem in Problems) writer.WriteLine(problem);
        writer.WriteLine(Problems.Count == 1 ? "1 problem in the configuration." : $"{Problems.Count} problems in the configuration.");
        return ExitCodes.BadConfiguration;
    }

    private static LoadedConfiguration Checked(string file, ConfigurationResult<PipelineOptions> read, Overrides overrides)
    {
        if (!read.IsSound) return new LoadedConfiguration(file, null, read.Problems);
        var options = WithAddress(overrides.Over(read.Value));
        var problems = PipelineCheck.Of(options, file).ToList();
        return new LoadedConfiguration(file, problems.Count == 0 ? options with { Windows = LongWindows.Resolve(options.Windows) } : null, problems);
    }

    private static PipelineOptions WithAddress(PipelineOptions options)
    {
        var self = options.Http.Urls[0].Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal).TrimEnd('/');
        return options with
        {
            Probes = options.Probes with
            {
                Targets = [.. options.Probes.Targets.Select(t => t with { Url = t.Url.Replace(Self, self, StringComparison.Ordinal) })],
            },
        };
    }
}
