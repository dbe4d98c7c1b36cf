using System.Buffers;
using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pipeline.Contracts;

/// <summary>Names and their texts, immutable, ordered by name (ordinal), equal by content.</summary>
public sealed class LabelSet : IEquatable<LabelSet>, IReadOnlyList<KeyValuePair<string, string>>
{
    public static readonly LabelSet Empty = new([]);

    /// <summary>Characters that most texts have room in.</summary>
    private const int Usual = 256;

    private static readonly SearchValues<char> Separators = SearchValues.Create(",=\\");

    private readonly KeyValuePair<string, string>[] _pairs;
    private int _hash;

    private LabelSet(KeyValuePair<string, string>[] ordered) => _pairs = ordered;

    /// <summary>Where a name is given twice, the last one counts.</summary>
    public static LabelSet Of(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, text) in pairs) sorted[name] = text;
        return sorted.Count == 0 ? Empty : new LabelSet([.. sorted]);
    }

    public static LabelSet Of(params (string Name, string Text)[] pairs) =>
        Of(pairs.Select(p => KeyValuePair.Create(p.Name, p.Text)));

    public int Count => _pairs.Length;
    public KeyValuePair<string, string> this[int index] => _pairs[index];

    /// <summary>The text under a name, or null.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var (key, text) in _pairs)
                if (key == name) return text;
            return null;
        }
    }

    public bool Equals(LabelSet? other) => other is not null && _pairs.AsSpan().SequenceEqual(other._pairs);
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <summary>Worked out once, since what is told apart by labels is looked up again and again.</summary>
    public override int GetHashCode()
    {
        if (_hash != 0) return _hash;
        var hash = new HashCode();
        foreach (var (name, text) in _pairs) { hash.Add(name); hash.Add(text); }
        return _hash = hash.ToHashCode();
    }

    /// <summary>The one way to write this set as text, <c>a=1,b=2</c>. Separators inside names and texts are escaped, so it is unique.</summary>
    public override string ToString()
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[Usual]);
        WriteTo(ref text);
        return text.ToStringAndClear();
    }

    /// <summary>What <see cref="ToString"/> says, in UTF-8.</summary>
    public byte[] ToUtf8()
    {
        var text = new DefaultInterpolatedStringHandler(0, 0, null, stackalloc char[Usual]);
        WriteTo(ref text);
        var bytes = new byte[Encoding.UTF8.GetByteCount(text.Text)];
        Encoding.UTF8.GetBytes(text.Text, bytes);
        text.Clear();
        return bytes;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.AsEnumerable().GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void WriteTo(ref DefaultInterpolatedStringHandler text)
    {
        for (var i = 0; i < _pairs.Length; i++)
        {
            if (i > 0) text.AppendLiteral(",");
            Escape(ref text, _pairs[i].Key);
            text.AppendLiteral("=");
            Escape(ref text, _pairs[i].Value);
        }
    }

    private static void Escape(ref DefaultInterpolatedStringHandler text, ReadOnlySpan<char> part)
    {
        for (int at; (at = part.IndexOfAny(Separators)) >= 0; part = part[(at + 1)..])
        {
            text.AppendFormatted(part[..at]);
            text.AppendLiteral("\\");
            text.AppendFormatted(part.Slice(at, 1));
        }
        text.AppendFormatted(part);
    }
}
