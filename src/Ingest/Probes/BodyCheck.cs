using System.Security.Cryptography;

namespace Pipeline.Ingest.Probes;

/// <summary>Compares a body with what was expected, part by part as it arrives, without keeping it.</summary>
public sealed class BodyCheck(ProbeExpectation expectation) : IDisposable
{
    private readonly IncrementalHash? _hash = expectation.Sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _seam = []; // the end of the body so far in which a text may have begun
    private bool _found = expectation.Text.IsEmpty;

    /// <summary>In bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Of the whole body, where one is expected and the body came to its end.</summary>
    public string? Sha256 { get; private set; }

    public void Add(ReadOnlySpan<byte> part)
    {
        Length += part.Length;
        _hash?.AppendData(part);
        if (!_found) _found = Find(expectation.Text.Span, part);
    }

    /// <summary>What is wrong with the body, now that all of it was added; null where nothing is.</summary>
    public string? Finish()
    {
        if (_hash is not null) Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (expectation.Length is { } length && length != Length) return $"the body has {Length} bytes, not {length}";
        if (expectation.Sha256 is { } hash && hash != Sha256) return "the SHA-256 of the body is another one";
        return _found ? null : "the body does not contain the expected text";
    }

    public void Dispose() => _hash?.Dispose();

    private bool Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part)
    {
        var overlap = text.Length - 1;
        byte[] joint = [.. _seam, .. part[..Math.Min(overlap, part.Length)]];
        if (joint.AsSpan().IndexOf(text) >= 0 || part.IndexOf(text) >= 0) return true;
        var end = part.Length >= overlap ? part : joint;
        _seam = end[^Math.Min(overlap, end.Length)..].ToArray();
        return false;
    }
}
