namespace Pipeline.Host.Http;

/// <summary>
/// What keeps other sites' pages out: a strict content policy for ours, and no writes from a page of another origin. A browser on this machine
/// reaches 127.0.0.1 from any site, and a plain-text POST asks no permission first.
/// </summary>
internal static class BrowserSafety
{
    private const string Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    public static Task Apply(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || IsOwnOrigin(context.Request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("A page of another origin may not write here.\n");
    }

    private static bool IsOwnOrigin(HttpRequest request)
    {
        if (request.Headers.Origin is not [{ Length: > 0 } origin]) return true; // not a browser
        return Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Authority == request.Host.Value;
    }
}
