namespace Pipeline.Ingest.Hardware;

/// <summary>Walks over the lines of a text, leaving out empty ones.</summary>
internal ref struct Lines(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public ReadOnlySpan<byte> Current { get; private set; }

    public readonly Lines GetEnumerator() => this;

    public bool MoveNext()
    {
        _rest = _rest.TrimStart((byte)'\n');
        var end = _rest.IndexOf((byte)'\n');
        Current = end < 0 ? _rest : _rest[..end];
        _rest = _rest[Current.Length..];
        return !Current.IsEmpty;
    }
}
