using System.Globalization;
using System.Text;

namespace Pipeline.Processing.Tests;

public sealed class ShortestDoubleTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(100, "100")]
    [InlineData(0.00001, "0.00001")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(0.0000001, "1e-7")]
    [InlineData(1e16, "10000000000000000")]
    [InlineData(1e17, "1e17")]
    [InlineData(123456789012345680, "1.2345678901234568e17")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [InlineData(double.MaxValue, "1.7976931348623157e308")]
    [InlineData(9007199254740993, "9007199254740992")]
    public void Number_is_written_as_people_write_it(double value, string text) => Assert.Equal(text, Written(value));

    [Fact]
    public void Every_number_reads_as_itself_and_is_as_short_as_the_runtime_writes_it()
    {
        var random = new Random(1);
        for (var i = 0; i < Tries.Of(1_000_000); i++)
        {
            var value = i % 3 == 0 ? Math.Round(random.NextDouble() * 1000, random.Next(8)) : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (i % 7 == 0) value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) & ~((1L << 52) - 1)); // powers of two
            if (double.IsFinite(value)) Check(value);
        }
    }

    [Fact]
    public void Every_power_of_ten_and_its_neighbours_are_right()
    {
        for (var k = -323; k <= 308; k++)
        {
            var power = double.Parse($"1e{k}", CultureInfo.InvariantCulture);
            foreach (var value in new[] { Math.BitDecrement(power), power, Math.BitIncrement(power) }) Check(value);
        }
    }

    [Fact]
    public void Every_power_of_the_table_is_the_least_number_of_128_bits_that_is_not_below_it()
    {
        for (var k = -292; k <= 324; k++)
        {
            var (high, low) = PowersOfTen.Of(k);
            var bits = ((System.Numerics.BigInteger)high << 64) | low;
            Assert.Equal(128, bits.GetBitLength());
            var exponent = 0; // 10^k is about bits * 2^exponent
            var (numerator, denominator) = k >= 0 ? (System.Numerics.BigInteger.Pow(10, k), System.Numerics.BigInteger.One) : (System.Numerics.BigInteger.One, System.Numerics.BigInteger.Pow(10, -k));
            exponent = (int)(numerator.GetBitLength() - denominator.GetBitLength()) - 128;
            if (!Holds(exponent)) exponent++;
            Assert.True(Holds(exponent), $"10^{k}");

            bool Holds(int e)
            {
                var (left, right) = e >= 0 ? (numerator, denominator << e) : (numerator << -e, denominator);
                return (bits - 1) * right < left && left <= bits * right;
            }
        }
    }

    private static void Check(double value)
    {
        var text = Written(value);
        Assert.Equal(value, double.Parse(text, CultureInfo.InvariantCulture));
        var runtime = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.Parse(runtime, CultureInfo.InvariantCulture) != value) return; // it errs at some powers of two
        var (theirs, ours) = (Digits(runtime), Digits(text));
        Assert.True(ours.Length < theirs.Length || ours == theirs, $"{text} is not {theirs}.");
    }

    private static string Digits(string text) => text.Split('e', 'E')[0].Replace(".", "").Replace("-", "").TrimStart('0').TrimEnd('0');

    private static string Written(double value)
    {
        Span<byte> bytes = stackalloc byte[ShortestDouble.MaxLength];
        return Encoding.UTF8.GetString(bytes[..ShortestDouble.Write(bytes, value)]);
    }
}
