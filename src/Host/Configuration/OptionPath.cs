using System.Text.RegularExpressions;

namespace Pipeline.Host.Configuration;

/// <summary>Places in a document as people write them: <c>windows[2].where["data center"]</c>.</summary>
internal static partial class OptionPath
{
    public const string Root = "";

    public static string Item(string path, int index) => $"{path}[{index}]";

    public static string Property(string path, string name) =>
        !Plain().IsMatch(name) ? $"{path}[\"{name}\"]" : path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>The place of a path that was written relative to another.</summary>
    public static string Join(string path, string relative) =>
        path.Length == 0 || relative.Length == 0 || relative[0] == '[' ? path + relative : $"{path}.{relative}";

    [GeneratedRegex(@"^[A-Za-z_$][\w$-]*$")]
    private static partial Regex Plain();
}
