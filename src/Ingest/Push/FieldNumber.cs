using System.Buffers.Text;
using System.Globalization;

namespace Pipeline.Ingest.Push;

/// <summary>The numbers and booleans of line protocol: <c>1.5</c>, <c>-2e3</c>, <c>7i</c>, <c>7u</c>, <c>t</c>, <c>False</c>.</summary>
public static class FieldNumber
{
    private const string NoValue = "a value is neither a finite number, a boolean nor a quoted text";
    private const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>An integer beyond 2^53 is rounded to the nearest double; true is 1.</summary>
    /// <param name="text">Not empty.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Parse(ReadOnlySpan<byte> text, out double number) => text[^1] switch
    {
        (byte)'i' => ParseInteger(text[..^1], out number),
        (byte)'u' => ParseUnsigned(text[..^1], out number),
        >= (byte)'0' and <= (byte)'9' or (byte)'.' => ParseFloat(text, out number),
        _ => ParseBoolean(text, out number),
    };

    private static string? ParseFloat(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        var first = text[0] == '-' && text.Length > 1 ? text[1] : text[0];
        if (first != '.' && !char.IsAsciiDigit((char)first)) return NoValue;
        if (!double.TryParse(text, Float, CultureInfo.InvariantCulture, out number)) return "bad number";
        return double.IsFinite(number) ? null : "number out of range";
    }

    private static string? ParseInteger(ReadOnlySpan<byte> digits, out double number)
    {
        var good = Utf8Parser.TryParse(digits, out long integer, out var length) && length == digits.Length && digits[0] != '+';
        number = integer;
        return good ? null : "bad integer, or out of the range of 64 bits";
    }

    private static string? ParseUnsigned(ReadOnlySpan<byte> digits, out double number)
    {
        var good = Utf8Parser.TryParse(digits, out ulong integer, out var length) && length == digits.Length && digits[0] != '+';
        number = integer;
        return good ? null : "bad unsigned integer, or out of the range of 64 bits";
    }

    private static string? ParseBoolean(ReadOnlySpan<byte> text, out double number)
    {
        var yes = text.SequenceEqual("t"u8) || text.SequenceEqual("T"u8)
            || text.SequenceEqual("true"u8) || text.SequenceEqual("True"u8) || text.SequenceEqual("TRUE"u8);
        var no = text.SequenceEqual("f"u8) || text.SequenceEqual("F"u8)
            || text.SequenceEqual("false"u8) || text.SequenceEqual("False"u8) || text.SequenceEqual("FALSE"u8);
        number = yes ? 1 : 0;
        return yes || no ? null : NoValue;
    }
}
