using System.CommandLine;
using System.CommandLine.Parsing;
using Pipeline.Host.Configuration;

namespace Pipeline.Host.Commands;

/// <summary>The options that several commands take. Each call makes a new one, since an option belongs to its command.</summary>
internal static class Arguments
{
    public static Option<string?> Config() => new("--config") { Description = "The configuration file. Without it, the one that comes with the program." };

    public static Option<string> Data() => new("--data") { Description = "The folder that the log is kept in.", DefaultValueFactory = _ => "data" };

    public static Option<string[]> Urls() => new("--urls") { Description = "The addresses to listen on, instead of http.urls.", AllowMultipleArgumentsPerToken = true };

    public static Option<TimeSpan?> For() => new("--for")
    {
        Description = "End after this time, drained, with exit code 0; for example 45s.",
        CustomParser = result => Parse(result),
    };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (Duration.TryParse(text, out var duration)) return duration;
        result.AddError($"--for takes a duration such as 45s, 10m or 1h30m, not '{text}'.");
        return null;
    }
}
