using System.Text.Json;

namespace Pipeline.Ingest.Push;

/// <summary>Texts and names of JSON. Each read returns what is wrong, or null.</summary>
internal static class JsonText
{
    public static string? ReadNamed(string name, ref Utf8JsonReader json, out string text)
    {
        text = "";
        return json.TokenType == JsonTokenType.String ? Read(ref json, out text) : $"'{Excerpt.Of(name)}' is not a text";
    }

    public static string? Read(ref Utf8JsonReader json, out string text)
    {
        try
        {
            text = json.GetString()!;
            return null;
        }
        catch (InvalidOperationException) when (json.ValueIsEscaped)
        {
            // How the reader says that an escape such as \ud800 is half a character; there is no way to ask first.
            text = "";
            return "an escape is half a character";
        }
    }
}
