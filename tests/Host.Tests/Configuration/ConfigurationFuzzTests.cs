using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Host.Configuration;
using Pipeline.Testing;

namespace Pipeline.Host.Tests.Configuration;

public class ConfigurationFuzzTests
{
    [Fact]
    public void Reading_any_bytes_gives_a_value_or_problems() =>
        Prop.ForAll<byte[]>(bytes => IsSettled(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_a_damaged_document_gives_a_value_or_problems()
    {
        var damaged =
            from document in Gen.Elements(Documents.Good.Concat(Documents.Bad))
            from start in Gen.Choose(0, document.Length)
            from length in Gen.Choose(0, document.Length - start)
            from scrap in Gen.Elements("", "null", "[[", "}", "{\"size\": 1}", "\"\\ud800\"", "-1e400", "\"", "//", "true", "\0")
            select Encoding.UTF8.GetBytes(document.Remove(start, length).Insert(start, scrap));

        Prop.ForAll(damaged.ToArbitrary(), IsSettled).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_million_damaged_documents_each_give_a_value_or_problems()
    {
        var mutator = new Mutator(1, [.. Documents.Good.Concat(Documents.Bad).Select(Encoding.UTF8.GetBytes)]);
        for (var i = 0; i < 1_000_000; i++)
            if (!IsSettled(mutator.Next().ToArray())) Assert.Fail($"Input {i} gives both or neither.");
    }

    [Fact]
    public void Depth_is_bounded() => Assert.True(IsSettled(Encoding.UTF8.GetBytes(new string('[', 100_000))));

    private static bool IsSettled(byte[] bytes)
    {
        var result = ConfigurationReader.Read<SampleOptions>(bytes, "f");
        return result.IsSound == (result.Problems.Count == 0);
    }
}
