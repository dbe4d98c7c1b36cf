namespace Pipeline.Processing.Tests;

/// <summary>Every reason to refuse the bytes of a sketch or a state, each told in its words, and what lies just inside of each limit.</summary>
public sealed class RefusedBytesTests
{
    private const long MaxTime = 1L << 60;
    private const int FirstKeyBeyond = 0x7ff << 6;

    public static TheoryData<byte[], string> NoSketches => new()
    {
        { [], "A sketch has at least three bytes." },
        { [1, 6], "A sketch has at least three bytes." },
        { [2, 6, 0, 0], "Version 2 of the sketch encoding is not known; this is version 1." },
        { [1, 0, 0, 0], "A sketch has 1 to 12 bits, not 0." },
        { [1, 13, 0, 0], "A sketch has 1 to 12 bits, not 13." },
        { [1, 6, 2, 0], "A sketch is exact (0) or bucketed (1), not 2." },
        { [1, 6, 0, 49, .. Repeat(Double(1), 49)], "An exact sketch has at most 48 values, not 49." },
        { [1, 6, 0, 1, .. Double(double.NaN)], "A value of the sketch is not finite." },
        { [1, 6, 0, 1, .. Double(1), 7], "1 bytes too many." },
        { [1, 6, 0, 1, .. Double(1)[..7]], "The bytes end inside a number." },
        { [1, 6, 0], "The bytes end inside a number." },
        { [1, 6, 0, 0x81], "The bytes end inside a number." },
        { [1, 6, 0, .. Repeat([0x80], 10), 0], "A number has more than ten bytes." },
        { [1, 6, 1, 0], "A sketch has 1 to 4096 buckets, not 0." },
        { [1, 6, 1, .. Number(4097)], "A sketch has 1 to 4096 buckets, not 4097." },
        { [1, 6, 1, 2, .. Signed(100), 60, 0, 60], "The buckets of a sketch ascend." },
        { [1, 6, 1, 2, .. Signed(100), 60, .. Number(1L << 31), 60], "The buckets of a sketch ascend." },
        { [1, 6, 1, 1, .. Signed(FirstKeyBeyond), 60], "There is no bucket 131008 at 6 bits." },
        { [1, 6, 1, 1, .. Signed(-FirstKeyBeyond), 60], "There is no bucket -131008 at 6 bits." },
        { [1, 6, 1, 2, .. Signed(FirstKeyBeyond - 1), 60, 1, 60], "There is no bucket 131008 at 6 bits." },
        { [1, 6, 1, 1, .. Signed(100), 0], "A bucket's count is not a positive number in range." },
        { [1, 6, 1, 2, .. Signed(100), .. Number(long.MaxValue), 1, 1], "A bucket's count is not a positive number in range." },
        { [1, 6, 1, 1, .. Signed(100), 48], "A sketch of so few values keeps them exactly." },
        { [1, 6, 1, 1, .. Signed(100), 49, 0], "1 bytes too many." },
    };

    public static TheoryData<byte[]> Sketches => new((byte[][])
    [
        [1, 6, 0, 0], [1, 1, 0, 1, .. Double(-5)], [1, 12, 0, 1, .. Double(double.MaxValue)], [1, 6, 0, 48, .. Repeat(Double(1), 48)],
        [1, 6, 1, 1, .. Signed(FirstKeyBeyond - 1), 49], [1, 6, 1, 1, .. Signed(1 - FirstKeyBeyond), 49], [1, 6, 1, 2, .. Signed(-1), 48, 1, 1],
        [1, 6, 1, 2, .. Signed(100), .. Number(long.MaxValue - 1), 1, 1], [1, 6, 1, .. Number(4096), .. Signed(100), 49, .. Repeat([1, 1], 4095)],
        [1, 6, 1, 1, .. Signed(100), .. Number(0x80)],
    ]);

    public static TheoryData<string, byte[], string> NoStates => new()
    {
        { "standardDeviation", [], "The bytes end too early." },
        { "standardDeviation", [2], "Version 2 of the encoding of 'standardDeviation' is not known; this is version 1." },
        { "standardDeviation", [1, .. Number((1L << 48) + 1), .. Double(0), .. Double(0)], "A count is out of range." },
        { "standardDeviation", [1, 3, .. Double(1), .. Double(-1)], "These are no squared deviations." },
        { "standardDeviation", [1, 0, .. Double(1), .. Double(0)], "These are no squared deviations." },
        { "standardDeviation", [1, 0, .. Double(0), .. Double(1)], "These are no squared deviations." },
        { "standardDeviation", [1, 1, .. Double(double.PositiveInfinity), .. Double(0)], "A number is not finite." },
        { "standardDeviation", [1, 1, .. Double(0), .. Double(0)[..3]], "The bytes end inside a number." },
        { "standardDeviation", [1, 1, .. Double(0), .. Double(0), 9, 9], "2 bytes too many." },
        { "above", [1, 5, 0], "There are 1 to 16 thresholds, not 0." },
        { "above", [1, 5, 17, .. Repeat([.. Double(1), 0], 17)], "There are 1 to 16 thresholds, not 17." },
        { "above", [1, 5, 2, .. Double(1), 0, .. Double(1), 0], "Thresholds ascend." },
        { "above", [1, 5, 1, .. Double(1), 6], "More samples are above a threshold than above the one before." },
        { "above", [1, 5, 2, .. Double(1), 3, .. Double(2), 4], "More samples are above a threshold than above the one before." },
        { "distinct", [1, .. Number(1001), .. Repeat([65], 1001), 0, 0], "A label has at most 1000 bytes, not 1001." },
        { "distinct", [1, 1, 65, 2], "Texts are counted exactly (0) or estimated (1), not 2." },
        { "distinct", [1, 1, 65, 0, .. Number(129), .. Enumerable.Range(1, 129).SelectMany(i => Hash((ulong)i))], "At most 128 hashes are kept, not 129." },
        { "distinct", [1, 1, 65, 0, 1, .. Hash(0)], "Hashes ascend." },
        { "distinct", [1, 1, 65, 0, 2, .. Hash(7), .. Hash(7)], "Hashes ascend." },
        { "distinct", [1, 1, 65, 1, .. new byte[3071]], "The bytes end too early." },
        { "distinct", [1, 1, 65, 1, 54, .. new byte[3071]], "No hash has the rank 54." },
        { "ewma", [1, 0, .. Signed(5), .. Double(1), .. Double(1)], "A half-life is longer than nothing." },
        { "ewma", [1, 9, .. Signed(MaxTime + 1), .. Double(1), .. Double(1)], "A time is out of range." },
        { "ewma", [1, 9, .. Signed(-MaxTime - 1), .. Double(1), .. Double(1)], "A time is out of range." },
        { "ewma", [1, 9, .. Signed(5), .. Double(0.5), .. Double(1)], "0.5 is no sum of weights." },
        { "ewma", [1, 9, .. Signed(5), .. Double(1L << 62), .. Double(1)], "4.611686018427388E+18 is no sum of weights." },
        { "ewma", [1, 9, .. Signed(0), .. Double(0), .. Double(1)], "0 is no sum of weights." },
        { "ewma", [1, 9, .. Signed(1), .. Double(0), .. Double(0)], "0 is no sum of weights." },
        { "increase", [1, 2, 1, .. Double(1)], "1 series are neither written each (0) nor as a sum (1)." },
        { "increase", [1, 1, 0, .. Double(1)], "0 series are neither written each (0) nor as a sum (1)." },
        { "increase", [1, 1, .. Number(1L << 32), .. Double(1)], "4294967296 series are neither written each (0) nor as a sum (1)." },
        { "increase", [1, 0, .. Number(513)], "513 series are neither written each (0) nor as a sum (1)." },
        { "increase", [1, 0, 2, .. Series(7), .. Series(7)], "Series ascend." },
        { "increase", [1, 0, 2, .. Series(7), .. Series(6)], "Series ascend." },
        { "increase", [1, 0, 1, .. Series(7)[..^1]], "The bytes end inside a number." },
    };

    public static TheoryData<string, byte[]> States => new()
    {
        { "standardDeviation", [1, .. Number(1L << 48), .. Double(0), .. Double(0)] },
        { "standardDeviation", [1, 0, .. Double(0), .. Double(0)] },
        { "above", [1, 5, 1, .. Double(1), 5] },
        { "above", [1, 5, 16, .. Enumerable.Range(1, 16).SelectMany(i => (byte[])[.. Double(i), 2])] },
        { "distinct", [1, .. Number(1000), .. Repeat([65], 1000), 0, 0] },
        { "distinct", [1, 1, 65, 0, .. Number(128), .. Enumerable.Range(1, 128).SelectMany(i => Hash((ulong)i))] },
        { "distinct", [1, 1, 65, 1, .. Repeat([0x75, 0x5d, 0xd7], 1024)] }, // four times 53
        { "ewma", [1, 1, .. Signed(MaxTime), .. Double(1), .. Double(-3)] },
        { "ewma", [1, 1, .. Signed(-MaxTime), .. Double(1.5), .. Double(-3)] },
        { "ewma", [1, 1, .. Signed(0), .. Double(0), .. Double(0)] },
        { "increase", [1, 1, 1, .. Double(0)] },
        { "increase", [1, 1, .. Number((1L << 32) - 1), .. Double(5)] },
        { "increase", [1, 0, .. Number(512), .. Enumerable.Range(1, 512).SelectMany(i => Series((ulong)i))] },
        { "increase", [1, 0, 0] },
    };

    [Theory, MemberData(nameof(NoSketches))]
    public void What_is_no_sketch_is_refused_with_its_reason(byte[] bytes, string reason) =>
        Assert.Equal(reason, Assert.Throws<FormatException>(() => SketchEncoding.Decode(bytes)).Message);

    [Theory, MemberData(nameof(Sketches))]
    public void Sketches_at_their_limits_come_back_as_they_were(byte[] bytes) => Assert.Equal(bytes, SketchEncoding.Encode(SketchEncoding.Decode(bytes)));

    [Theory, MemberData(nameof(NoStates))]
    public void What_is_no_state_is_refused_with_its_reason(string name, byte[] bytes, string reason) =>
        Assert.Equal(reason, Assert.Throws<FormatException>(() => StateEncoder.Decode(name, bytes, null)).Message);

    [Theory, MemberData(nameof(States))]
    public void States_at_their_limits_come_back_as_they_were(string name, byte[] bytes) =>
        Assert.Equal(bytes, new StateEncoder().Encode(StateEncoder.Decode(name, bytes, null)!));

    [Fact]
    public void State_speaks_of_as_many_samples_as_its_result()
    {
        byte[] bytes = [1, 3, .. Double(1), .. Double(1)];
        Assert.NotNull(StateEncoder.Decode("standardDeviation", bytes, 3));
        Assert.NotNull(StateEncoder.Decode("ewma", [1, 9, .. Signed(5), .. Double(1), .. Double(1)], 3)); // does not know of how many it is
        Assert.Equal("It counts 4 samples, its state 'standardDeviation' 3.", Assert.Throws<FormatException>(() => StateEncoder.Decode("standardDeviation", bytes, 4)).Message);
        Assert.Null(StateEncoder.Decode("median", bytes, 3));
    }

    private static byte[] Series(ulong hash) => [.. Hash(hash), .. Signed(1_000), .. Double(1), .. Number(500), .. Double(4), .. Double(3)];

    private static byte[] Number(long value)
    {
        var bytes = new byte[Varint.MaxLength];
        return bytes[..Varint.Write(bytes, (ulong)value)];
    }

    /// <summary>Zigzag.</summary>
    private static byte[] Signed(long value) => Number(value < 0 ? -2 * value - 1 : 2 * value);

    private static byte[] Double(double value) => BitConverter.GetBytes(value);

    private static byte[] Hash(ulong value) => BitConverter.GetBytes(value);

    private static byte[] Repeat(byte[] bytes, int times) => [.. Enumerable.Repeat(bytes, times).SelectMany(b => b)];
}
