using System.Text;

namespace Pipeline.Processing.Tests;

public sealed class SeriesIndexTests
{
    [Fact]
    public void Each_series_is_found_by_its_own_bytes_alone()
    {
        var (random, index) = (new Random(1), new SeriesIndex());
        var known = new Dictionary<(string, string, string), int>();
        for (var i = 0; i < 50_000; i++)
        {
            var (kind, labels, name) = (Text(random, 1), Text(random, 0), Text(random, 0)); // few letters: the same bytes are cut in many ways
            var series = new SeriesText(Encoding.UTF8.GetBytes(kind), Encoding.UTF8.GetBytes(labels));
            var isKnown = known.TryGetValue((kind, labels, name), out var number);
            Assert.Equal(isKnown, index.TryGet(series, Encoding.UTF8.GetBytes(name), out var found));
            Assert.Equal(isKnown ? number : -1, found);
            if (isKnown) continue;
            known.Add((kind, labels, name), i);
            index.Add(series, Encoding.UTF8.GetBytes(name), i);
        }
        Assert.True(known.Count > 10_000);
        index.Clear();
        foreach (var (kind, labels, name) in known.Keys)
        {
            var series = new SeriesText(Encoding.UTF8.GetBytes(kind), Encoding.UTF8.GetBytes(labels));
            Assert.False(index.TryGet(series, Encoding.UTF8.GetBytes(name), out _));
        }
    }

    private static string Text(Random random, int least) => new([.. Enumerable.Range(0, random.Next(least, 10)).Select(_ => (char)('a' + random.Next(2)))]);
}
