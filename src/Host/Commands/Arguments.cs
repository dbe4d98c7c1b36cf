using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Pipeline.Host.Configuration;
using Pipeline.Host.Run;

namespace Pipeline.Host.Commands;

/// <summary>The options that several commands take. Each call makes a new one, since an option belongs to its command.</summary>
internal static class Arguments
{
    public static Option<string?> Config() => new("--config") { Description = "The configuration file. Without it, the one that comes with the program." };

    public static Option<string> Data()
    {
        var option = new Option<string>("--data") { Description = "The folder that the log is kept in; with Kafka, the name of this process among those that share its work.", DefaultValueFactory = _ => "data" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }]) result.AddError("--data is empty. Name a folder, or leave it out for ./data.");
        });
        return option;
    }

    /// <summary>An option that takes a whole number from 0 on.</summary>
    public static Option<long?> Number(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
            result.AddError($"{name} takes a whole number, 0 or more, not '{text}'.");
            return null;
        },
    };

    public static Option<string?> Kafka() => new("--kafka") { Description = "The Kafka cluster that is the log (host:port, several with commas), instead of log.kafka.servers." };

    public static Option<Roles> Roles() => new("--roles")
    {
        Description = "What this process does, of ingest, process, sink and page, with commas between them. Fewer than all of them need Kafka.",
        DefaultValueFactory = _ => Run.Roles.All,
        CustomParser = result =>
        {
            Roles roles = 0;
            foreach (var name in result.Tokens.SelectMany(t => t.Value.Split(',')))
                if (Enum.TryParse<Roles>(name, ignoreCase: true, out var role) && !name.Any(char.IsDigit)) roles |= role;
                else result.AddError($"--roles takes ingest, process, sink and page, with commas between them, not '{name}'.");
            return roles;
        },
    };

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
