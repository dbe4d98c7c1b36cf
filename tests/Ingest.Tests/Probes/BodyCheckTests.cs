using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Ingest.Probes;

namespace Pipeline.Ingest.Tests.Probes;

public class BodyCheckTests
{
    /// <summary>Over an alphabet of two letters, so that texts begin, break off and meet the seams of the parts often.</summary>
    [Fact]
    public void Text_is_found_however_the_body_is_cut() =>
        Prop.ForAll<NonEmptyArray<bool>, bool[], PositiveInt>(static (text, body, cut) =>
        {
            var (needle, hay) = (Letters(text.Get.Take(5)), Letters(body));
            using var check = new BodyCheck(ProbeExpectation.Of(new() { Text = needle }));
            foreach (var part in Encoding.UTF8.GetBytes(hay).Chunk(1 + (cut.Get % 4))) check.Add(part);
            return check.Finish() is null == hay.Contains(needle, StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hash_and_length_are_of_the_whole_body() =>
        Prop.ForAll<byte[], PositiveInt>(static (body, cut) =>
        {
            var hash = Convert.ToHexString(SHA256.HashData(body));
            using var check = new BodyCheck(ProbeExpectation.Of(new() { Sha256 = hash, Length = body.Length }));
            foreach (var part in body.Chunk(cut.Get)) check.Add(part);
            return check.Finish() is null && string.Equals(check.Sha256, hash, StringComparison.OrdinalIgnoreCase) && check.Length == body.Length;
        }).QuickCheckThrowOnFailure();

    private static string Letters(IEnumerable<bool> bits) => string.Concat(bits.Select(b => b ? 'a' : 'b'));
}
