using System.Buffers;

namespace Pipeline.Ingest.Probes;

/// <summary>What is wrong with one target beyond the ranges of its properties; never repeats a header's value or an address.</summary>
public static class ProbeTargetCheck
{
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    public static IEnumerable<(string Path, string Problem, string Remedy)> Of(ProbeTargetOptions target) =>
        [.. Address(target), .. Headers(target), .. Expectation(target)];

    private static IEnumerable<(string, string, string)> Address(ProbeTargetOptions target)
    {
        if (!Uri.TryCreate(target.Url, UriKind.Absolute, out var url) || !target.Url.Contains("://", StringComparison.Ordinal))
            yield return ("url", "This is not an absolute address.", "Write it in full, as https://example.org/path.");
        else if (url.Scheme is not ("http" or "https"))
            yield return ("url", $"Addresses of the scheme '{url.Scheme}' cannot be probed.", "Use http or https.");
        else if (url.UserInfo.Length > 0)
            yield return ("url", "The address holds credentials, which are never sent.", "Put them into headers, as Authorization.");
    }

    private static IEnumerable<(string, string, string)> Headers(ProbeTargetOptions target)
    {
        foreach (var (name, value) in target.Headers)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenChars))
                yield return ("headers", $"'{name}' is no name of a header.", "Use letters, digits and hyphens.");
            else if (value.Any(c => char.IsControl(c) || c > '~'))
                yield return ($"headers.{name}", "The value holds a control character or one outside ASCII.", "Remove or encode it.");
            else if (IsOurs(name))
                yield return ($"headers.{name}", "A probe sends no body and keeps its connections itself.", "Leave this header out.");
        }
    }

    private static IEnumerable<(string, string, string)> Expectation(ProbeTargetOptions target)
    {
        var expect = target.Expect;
        if (!StatusRanges.TryParse(expect.Status, out _))
            yield return ("expect.status", $"'{expect.Status}' is no list of status codes.", "Write codes and ranges, as 200-299,304.");
        if (expect.Sha256 is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit)))
            yield return ("expect.sha256", "This is no SHA-256.", "Write its 64 hexadecimal digits, as sha256sum prints them.");
        if (expect.Length > target.BodyLimit)
            yield return ("expect.length", "The expected body is longer than bodyLimit.", "Raise bodyLimit or lower the length.");
        if (target.Method == "HEAD" && (expect.Sha256 ?? expect.Text) is not null)
            yield return ("expect", "The answer to HEAD has no body to compare.", "Use GET, or expect a status only.");
    }

    private static bool IsOurs(string header) =>
        header.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
        || header.ToUpperInvariant() is
            "CONNECTION" or "TRANSFER-ENCODING" or "EXPECT" or "UPGRADE" or "ALLOW" or "EXPIRES" or "LAST-MODIFIED";
}
