namespace Pipeline.Transport.Embedded;

/// <summary>Tells a full disk from other failures.</summary>
internal static class DiskFull
{
    // Linux ENOSPC, EFBIG, EDQUOT (macOS 69); Windows ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL.
    private static readonly int[] Codes = [28, 27, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static bool Is(IOException failure) => Codes.Contains(failure.HResult);
}
