using System.Buffers;
using System.Collections;
using System.Text;

namespace Pipeline.Contracts;

/// <summary>Names and their texts, immutable, ordered by name (ordinal), equal by content.</summary>
public sealed class LabelSet : IEquatable<LabelSet>, IReadOnlyList<KeyValuePair<string, string>>
{
    public static readonly LabelSet Empty = new([]);

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
        var text = new StringBuilder();
        foreach (var (name, value) in _pairs)
        {
            if (text.Length > 0) text.Append(',');
            Escape(text, name).Append('=');
            Escape(text, value);
        }
        return text.ToString();
    }

    /// <summary>What <see cref="ToString"/> says, in UTF-8.</summary>
    public byte[] ToUtf8()
    {
        var length = Math.Max(0, 2 * _pairs.Length - 1);
        foreach (var (name, value) in _pairs)
        {
            if (name.AsSpan().ContainsAny(Separators) || value.AsSpan().ContainsAny(Separators)) return Encoding.UTF8.GetBytes(ToString());
            length += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
        }
        var (text, at) = (new byte[length], 0);
        foreach (var (name, value) in _pairs)
        {
            if (at > 0) text[at++] = (byte)',';
            at += Encoding.UTF8.GetBytes(name, text.AsSpan(at));
            text[at++] = (byte)'=';
            at += Encoding.UTF8.GetBytes(value, text.AsSpan(at));
        }
        return text;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _pairs.AsEnumerable().GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static StringBuilder Escape(StringBuilder text, string part)
    {
        if (!part.AsSpan().ContainsAny(Separators)) return text.Append(part);
        foreach (var c in part)
        {
            if (c is ',' or '=' or '\\') text.Append('\\');
            text.Append(c);
        }
        return text;
    }
}
