using System.Text;

namespace Pipeline.Ingest.Hardware;

/// <summary>Exact names, or beginnings followed by <c>*</c>.</summary>
internal sealed class NamePatterns(IEnumerable<string> patterns)
{
    private readonly byte[][] _patterns = [.. patterns.Select(Encoding.UTF8.GetBytes)];

    public bool Match(ReadOnlySpan<byte> name)
    {
        foreach (var pattern in _patterns)
            if (pattern.AsSpan() is [.. var start, (byte)'*'] ? name.StartsWith(start) : name.SequenceEqual(pattern)) return true;
        return false;
    }
}
