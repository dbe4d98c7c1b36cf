using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Ingest.Hardware;
using Pipeline.Testing;

namespace Pipeline.Ingest.Tests.Hardware;

/// <summary>Whatever stands in whichever file: no exception, and only finite values.</summary>
public class GarbageTests
{
    private static readonly string[] Nasty =
    [
        "", "-1", "0", "nan", "inf", "1e999", "18446744073709551615", "18446744073709551616", "9223372036854775807",
        "\0", "/", ":", ")", "\n", "\\0", "\\777", "avg10=",
    ];

    [Fact]
    public void Any_bytes_in_any_file_are_borne() => Check(
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        select (Func<byte[], byte[]>)(_ => bytes));

    [Fact]
    public void Any_word_replaced_by_a_nasty_one_is_borne() => Check(
        from place in Gen.Choose(0, int.MaxValue)
        from word in Gen.Elements(Nasty)
        select (Func<byte[], byte[]>)(original =>
        {
            var words = Encoding.UTF8.GetString(original).Split(' ');
            words[place % words.Length] = word;
            return Encoding.UTF8.GetBytes(string.Join(' ', words));
        }));

    [Fact]
    public void Any_file_cut_off_anywhere_is_borne() => Check(
        from place in Gen.Choose(0, int.MaxValue)
        select (Func<byte[], byte[]>)(original => original[..(place % (original.Length + 1))]));

    private static void Check(Gen<Func<byte[], byte[]>> damages)
    {
        using var tree = new FixtureTree(BigServer.Text);
        var cases = from file in Gen.Elements<string>(tree.Files) from damage in damages select (file, damage);
        Prop.ForAll(cases.ToArbitrary(), damaged =>
        {
            var original = tree.Read(damaged.file);
            var content = damaged.damage(original);
            CheckScans(tree, damaged.file, [content, original, content]);
            tree.Write(damaged.file, original);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Scans with each content in turn, by a source that has not seen the machine before.</summary>
    private static void CheckScans(FixtureTree tree, string file, byte[][] contents)
    {
        var time = new TestTimeProvider();
        var source = HardwareSource.Create(new HardwareOptions { Root = tree.Root }, "box", time, new CollectingDrops(), _ => { });
        using var emissions = new LiveList<Emission>(source.Emissions);
        foreach (var content in contents)
        {
            tree.Write(file, content);
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Null(emissions.Error);
        Assert.Equal(contents.Length + 1, emissions.Count);
        var values = emissions.SelectMany(e => e.Observations).SelectMany(o => o.Values);
        Assert.All(values, v => Assert.True(double.IsFinite(v.Value), v.Name));
    }
}
