using System.Globalization;
using Pipeline.Contracts;

namespace Pipeline.Ingest.Tests.Push;

/// <summary>
/// Points full of separators, quotes and backslashes, with the line that says the same. No name is that of a tag and a field: InfluxDB could
/// not be asked for it.
/// </summary>
internal sealed class RandomPoints(int seed)
{
    private const string Alphabet = "ab,= \"\\é☃#0.\t";
    private readonly Random _random = new(seed);

    public (Observation Point, string Line) Next(string kindSuffix = "", long? at = null)
    {
        var kind = Text("#") + kindSuffix;
        var labels = LabelSet.Of(Names(3).Select(n => KeyValuePair.Create(n, Text())));
        var values = Names(3).Where(n => labels[n] is null).Prepend("v").Select(n => new Measurement(n, Number())).ToArray();
        var free = Names(2).Where(n => labels[n] is null && values.All(v => v.Name != n));
        var texts = LabelSet.Of(free.Select(n => KeyValuePair.Create(n, Text() + "\n\\" + Text())));
        var nanoseconds = at ?? _random.NextInt64(-9_000_000_000_000_000_000, 9_000_000_000_000_000_000);
        var point = new Observation
        {
            Kind = kind, Time = (long)Math.Floor((decimal)nanoseconds / 1_000_000), Source = "node-1",
            Key = labels["host"] ?? labels.ToString(), Labels = labels, Values = values, Attributes = texts,
        };
        var tags = string.Concat(labels.Select(l => $",{Escape(l.Key, ",= ")}={Escape(l.Value, ",= ")}"));
        var fields = values.Select(v => $"{Escape(v.Name, ",= \"")}={v.Value.ToString("R", CultureInfo.InvariantCulture)}")
            .Concat(texts.Select(t => $"{Escape(t.Key, ",= \"")}=\"{Escape(t.Value, "\"\\")}\""));
        return (point, $"{Escape(kind, ", ")}{tags} {string.Join(',', fields)} {nanoseconds}");
    }

    /// <summary>The line with a few characters changed, added or taken out.</summary>
    public string Mutate(string line)
    {
        for (var changes = _random.Next(1, 4); changes > 0 && line.Length > 0; changes--)
        {
            var at = _random.Next(line.Length);
            var insert = _random.Next(3) == 0 ? "" : Alphabet[_random.Next(Alphabet.Length)].ToString();
            line = line[..at] + insert + line[(at + _random.Next(2))..];
        }
        return line;
    }

    private IEnumerable<string> Names(int most) => Enumerable.Range(0, _random.Next(most)).Select(_ => Text()).Distinct();

    /// <summary>A backslash at the end would escape what follows: line protocol has no way to write that.</summary>
    private string Text(string notFirst = "")
    {
        var text = string.Concat(Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Alphabet[_random.Next(Alphabet.Length)]))
            .TrimStart([' ', '\t', .. notFirst]).TrimEnd('\\');
        return text.Length == 0 ? "x" : text;
    }

    private double Number() => _random.Next(3) switch
    {
        0 => _random.Next(-1000, 1000),
        1 => _random.NextDouble() * Math.Pow(10, _random.Next(-300, 300)),
        _ => Math.Round(_random.NextDouble() * 100, 2),
    };

    private static string Escape(string text, string separators) =>
        string.Concat(text.Select(c => separators.Contains(c) ? $"\\{c}" : c.ToString()));
}
