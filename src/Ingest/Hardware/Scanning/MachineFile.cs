namespace Pipeline.Ingest.Hardware;

/// <summary>One file of /proc or /sys. One that never was there is no trouble; one that was and is not any more is.</summary>
internal sealed class MachineFile(string path)
{
    private readonly FileTrouble _trouble = new(path);
    private bool _wasThere;

    /// <param name="text">Valid until the next read of any file.</param>
    public bool TryRead(Scan scan, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (_trouble.IsResting(scan) || !IsThere(scan)) return false;
        try
        {
            text = scan.ReadFile(path);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _trouble.Raised(scan, error);
            return false;
        }
    }

    /// <summary>Reads a file that holds one whole number.</summary>
    public bool TryReadNumber(Scan scan, out long number)
    {
        number = 0;
        if (!TryRead(scan, out var text)) return false;
        if (Words.IsNumber(text.Trim(" \t\n"u8), out number)) return true;
        Malformed(scan);
        return false;
    }

    public void Malformed(Scan scan) => _trouble.Malformed(scan);

    private bool IsThere(Scan scan)
    {
        var isThere = File.Exists(path);
        if (_wasThere && !isThere) _trouble.Note(scan, "it is gone");
        return _wasThere = isThere;
    }
}
