using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Sinks;

/// <summary>Reads the parameters of a request. The first that is wrong is the problem; what is empty was not given.</summary>
internal sealed class Parameters(IQueryCollection query)
{
    public const string TimeRemedy = "RFC 3339, for example 2026-01-01T00:00:00Z (a '+' in it as %2B)";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public ApiProblem? Problem { get; private set; }

    /// <summary>Refuses what is neither one of the names nor begins with the prefix.</summary>
    public void Allow(string[] names, string? prefix = null)
    {
        foreach (var given in query.Keys)
        {
            var isKnown = names.Contains(given) || (prefix is not null && given.StartsWith(prefix, StringComparison.Ordinal));
            if (!isKnown) Refuse($"Unknown parameter '{given}'.", Nearest.Remedy(given, prefix is null ? names : [.. names, prefix + "NAME"]));
            else if (query[given].Count > 1) Refuse($"'{given}' is given {query[given].Count} times.", "Give it once.");
        }
    }

    public string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    public IReadOnlyList<KeyValuePair<string, string>> WithPrefix(string prefix) =>
    [
        .. query.Where(p => p.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(p => KeyValuePair.Create(p.Key[prefix.Length..], p.Value.ToString())),
    ];

    public long? Number(string name, long min, long max)
    {
        if (Text(name) is not { } text) return null;
        if (IsNumber(text, out var number) && number >= min && number <= max) return number;
        Refuse($"'{name}' is not a whole number from {min} to {max}: {text}", $"For example {name}={Math.Max(min, Math.Min(max, 100))}.");
        return null;
    }

    /// <summary>RFC 3339, or Unix milliseconds.</summary>
    public long? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        if (IsNumber(text, out var time) || IsTime(text, out time)) return time;
        Refuse($"'{name}' is no time: {text}", $"Write {TimeRemedy}, or Unix milliseconds.");
        return null;
    }

    public bool Flag(string name)
    {
        if (Text(name) is not { } text) return false;
        if (text is "true" or "false") return text == "true";
        Refuse($"'{name}' is neither true nor false: {text}", $"Write {name}=true, or leave it out.");
        return false;
    }

    public void Refuse(string error, string remedy, int status = StatusCodes.Status400BadRequest) =>
        Problem ??= new ApiProblem(status, error, remedy);

    public static bool IsNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>Without an offset from UTC a text is no instant.</summary>
    public static bool IsTime(string text, out long time)
    {
        var parsed = DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value);
        time = value.ToUnixTimeMilliseconds();
        return parsed && (text[^1] is 'Z' || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T'));
    }
}
