using System.Net;

namespace Pipeline.Ingest.Probes;

/// <summary>One request of a probe: the first one, or what a redirect leads to.</summary>
public sealed record ProbeHop(ProbeTarget Target, Uri Url, HttpMethod Method)
{
    private const string UserAgent = "pipeline-probe";

    public static ProbeHop First(ProbeTarget target) => new(target, target.Url, target.Method);

    public static bool IsRedirect(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is not null;

    /// <summary>Where a redirect leads, or null where that is no http address.</summary>
    public ProbeHop? Next(HttpResponseMessage redirect) =>
        Uri.TryCreate(Url, redirect.Headers.Location, out var url) && url.Scheme is "http" or "https"
            ? new ProbeHop(Target, url, MethodAfter(redirect.StatusCode))
            : null;

    public HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(Method, Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        // Headers may be credentials, and those are for the origin that the operator named.
        if (Origin(Url) == Origin(Target.Url))
            foreach (var (name, value) in Target.Headers) request.Headers.TryAddWithoutValidation(name, value);
        if (!request.Headers.Contains("User-Agent")) request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return request;
    }

    private HttpMethod MethodAfter(HttpStatusCode status) => status switch
    {
        HttpStatusCode.SeeOther when Method != HttpMethod.Head => HttpMethod.Get,
        HttpStatusCode.Moved or HttpStatusCode.Found when Method == HttpMethod.Post => HttpMethod.Get,
        _ => Method,
    };

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
