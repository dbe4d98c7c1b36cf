using System.Text;

namespace Pipeline.Processing;

/// <summary>
/// A text as 64 bits, the same on every machine and in every version: FNV-1a over its UTF-8 bytes, then the finalizer of MurmurHash3, since
/// FNV-1a alone leaves its upper bits too regular to count by. Never 0.
/// </summary>
internal static class TextHash
{
    private const ulong Offset = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    public static ulong Of(string text)
    {
        var hash = Offset;
        foreach (var next in Encoding.UTF8.GetBytes(text)) hash = (hash ^ next) * Prime;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return Math.Max(1, hash ^ (hash >> 33));
    }
}
