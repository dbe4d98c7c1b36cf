using System.CommandLine;
using Pipeline.Contracts;
using Pipeline.Host.Configuration;
using Pipeline.Sinks;

namespace Pipeline.Host.Commands;

/// <summary>Options that take a moment: a time, how long ago, or one of the ends.</summary>
internal static class MomentArgument
{
    public static Option<string> Of(string name, string otherwise, string description) =>
        new(name) { Description = $"{description}: a time (RFC 3339), how long ago (-1h), 'earliest' or 'latest'.", DefaultValueFactory = _ => otherwise };

    /// <returns>Unix milliseconds; the least number for 'earliest', the greatest for 'latest'.</returns>
    /// <exception cref="FormatException">It is no moment.</exception>
    public static long Moment(this ParseResult parsed, Option<string> option, TimeProvider time) => parsed.GetValue(option)! switch
    {
        "earliest" => long.MinValue,
        "latest" => long.MaxValue,
        var text => TimeOf(text, time) ?? throw new FormatException($"{option.Name} takes a time such as 2026-01-01T00:00:00Z, how long ago such as -1h, 'earliest' or 'latest', not '{text}'."),
    };

    /// <summary>A time, or how long ago, as Unix milliseconds; null where it is neither.</summary>
    public static long? TimeOf(string text, TimeProvider time) => text.StartsWith('-') && Duration.TryParse(text[1..], out var ago)
        ? time.UnixMilliseconds() - (long)ago.TotalMilliseconds
        : RecordStart.Parse(text)?.Time;
}
