using System.Globalization;

namespace Pipeline.Processing;

/// <summary>
/// Reads observations whose bytes are exactly in the form that <see cref="Contracts.ObservationWriter"/> writes, without looking at what
/// has been looked at before: kind and labels that make the key of a known series are valid. Whatever deviates is left to the full reader.
/// </summary>
internal static class KnownForm
{
    /// <summary>What stands before the values.</summary>
    public ref struct Head
    {
        /// <summary>Still as JSON.</summary>
        public ReadOnlySpan<byte> Kind, Labels;

        /// <summary>Plain text.</summary>
        public ReadOnlySpan<byte> Source;
        public long Time;

        /// <summary>-1 where there is none.</summary>
        public long Sequence;
    }

    /// <summary>Reads up to the first value's name.</summary>
    public static bool TryReadHead(ref ReadOnlySpan<byte> json, out Head head)
    {
        head = default;
        if (!Skip(ref json, "{\"kind\":"u8) || json.Length < 2) return false;
        var kind = json[1..].IndexOf((byte)'"') + 2;
        head.Kind = json[..kind];
        json = json[kind..];
        if (!Skip(ref json, ",\"time\":"u8) || !TryReadWhole(ref json, out head.Time) || !Skip(ref json, ",\"source\":\""u8)) return false;
        var source = json.IndexOf((byte)'"');
        if (source < 0 || !IsPlain(json[..source])) return false;
        head.Source = json[..source];
        head.Sequence = -1;
        json = json[source..];
        if (!Skip(ref json, "\",\"labels\":"u8) && !TryReadSequence(ref json, out head.Sequence)) return false;
        var labels = json.IndexOf("},\"values\":{"u8) + 1;
        head.Labels = json[..labels];
        json = json[labels..];
        return Skip(ref json, ",\"values\":{\""u8);
    }

    /// <summary>Reads a value's name, its number, and what follows it.</summary>
    /// <param name="isLast">Whether the record ends behind it.</param>
    public static bool TryReadValue(ref ReadOnlySpan<byte> json, out ReadOnlySpan<byte> name, out double value, out bool isLast)
    {
        (value, isLast) = (0, false);
        var length = json.IndexOf((byte)'"');
        name = length < 0 ? default : json[..length];
        if (length < 0) return false;
        json = json[length..];
        if (!Skip(ref json, "\":"u8) || !TryReadNumber(ref json, out value)) return false;
        isLast = json.SequenceEqual("}}"u8);
        return isLast || Skip(ref json, ",\""u8);
    }

    /// <summary>Reads what stands between the source and the labels of an observation that is numbered.</summary>
    private static bool TryReadSequence(ref ReadOnlySpan<byte> json, out long sequence)
    {
        sequence = -1;
        return Skip(ref json, "\",\"sequence\":"u8) && TryReadWhole(ref json, out sequence) && Skip(ref json, ",\"labels\":"u8);
    }

    private static bool Skip(ref ReadOnlySpan<byte> json, ReadOnlySpan<byte> text)
    {
        if (!json.StartsWith(text)) return false;
        json = json[text.Length..];
        return true;
    }

    /// <summary>ASCII that needs no escape.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !text.Contains((byte)'\\');

    private static bool TryReadWhole(ref ReadOnlySpan<byte> json, out long number)
    {
        var digits = Digits(json, out var value);
        number = (long)value;
        if (digits is 0 or > 18 || json[0] == '0' && digits > 1) return false;
        json = json[digits..];
        return true;
    }

    /// <summary>Of few digits without an exponent, exactly by one division of two exact numbers; others by the runtime.</summary>
    private static bool TryReadNumber(ref ReadOnlySpan<byte> json, out double number)
    {
        number = 0;
        var rest = json;
        var isNegative = !rest.IsEmpty && rest[0] == '-';
        if (isNegative) rest = rest[1..];
        var whole = Digits(rest, out var value);
        if (whole == 0 || rest[0] == '0' && whole > 1) return false;
        rest = rest[whole..];
        var fraction = 0;
        if (!rest.IsEmpty && rest[0] == '.')
        {
            fraction = Digits(rest[1..], out var low);
            if (fraction == 0) return false;
            rest = rest[(fraction + 1)..];
            if (whole + fraction <= 15) value = value * Tens[fraction] + low;
        }
        if (rest.IsEmpty || rest[0] is (byte)'e' or (byte)'E') return false;
        var length = json.Length - rest.Length;
        if (whole + fraction <= 15) number = isNegative ? -((double)value / Tens[fraction]) : (double)value / Tens[fraction];
        else if (!double.TryParse(json[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return false;
        json = rest;
        return double.IsFinite(number);
    }

    private static readonly ulong[] Tens = [.. Enumerable.Range(0, 16).Select(i => (ulong)Math.Pow(10, i))];

    private static int Digits(ReadOnlySpan<byte> text, out ulong value)
    {
        value = 0;
        var i = 0;
        for (; i < text.Length && (uint)(text[i] - '0') < 10; i++) value = value * 10 + (uint)(text[i] - '0');
        return i;
    }
}
