using FsCheck;
using FsCheck.Fluent;
using Pipeline.Host.Configuration;

namespace Pipeline.Host.Tests.Configuration;

public class ByteSizeTests
{
    [Theory]
    [InlineData("64KiB", 65_536)]
    [InlineData("32MiB", 33_554_432)]
    [InlineData("1GiB", 1_073_741_824)]
    [InlineData("999999TiB", 1099510528264372224)]
    public void Sizes_are_read(string text, long bytes)
    {
        Assert.True(ByteSize.TryParse(text, out var read));
        Assert.Equal(bytes, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("32")]
    [InlineData("32MB")]
    [InlineData("32 MiB")]
    [InlineData("-1MiB")]
    [InlineData("1MiB\n")]
    [InlineData("1000000TiB")]
    public void What_is_no_size_is_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).SelectMany(n => Gen.Choose(0, 30).Select(shift => (long)n << shift)).ToArbitrary(),
            bytes => ByteSize.Format(bytes) is not { } text || (ByteSize.TryParse(text, out var read) && read == bytes)).QuickCheckThrowOnFailure();
}
