using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Sinks;

/// <summary>How this interface writes JSON: as it is, since its content type is never one that a browser reads as a page.</summary>
internal static class LiveJson
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
}
