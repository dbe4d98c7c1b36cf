using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Pipeline.Ingest.Hardware;

/// <summary>A file system at its place.</summary>
internal sealed record Mount(string Device, string MountPoint, string Type)
{
    /// <param name="line">Of /proc/mounts.</param>
    public static bool TryParse(ReadOnlySpan<byte> line, [NotNullWhen(true)] out Mount? mount, out ReadOnlySpan<byte> type)
    {
        mount = null;
        var words = new Words(line);
        var (device, mountPoint) = (Unescape(words.Next()), Unescape(words.Next()));
        type = words.Next();
        if (!mountPoint.StartsWith('/') || mountPoint.Contains('\0') || type.IsEmpty) return false;
        mount = new Mount(device, mountPoint, Encoding.UTF8.GetString(type));
        return true;
    }

    /// <summary>Blanks and the like stand as a backslash and three octal digits.</summary>
    private static string Unescape(ReadOnlySpan<byte> word)
    {
        var bytes = new byte[word.Length];
        var length = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var isEscape = word[i] == '\\' && i + 3 < word.Length;
            bytes[length++] = isEscape ? (byte)((word[i + 1] - '0') * 64 + (word[i + 2] - '0') * 8 + word[i + 3] - '0') : word[i];
            if (isEscape) i += 3;
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
