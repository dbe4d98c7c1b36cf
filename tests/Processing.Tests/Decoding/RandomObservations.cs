using System.Globalization;
using System.Text;

namespace Pipeline.Processing.Tests;

/// <summary>Valid observations as a stranger may write them: any order, fields twice, unknown fields, needless escapes and spaces.</summary>
internal sealed class RandomObservations(Random random)
{
    private static readonly string[] Words = ["kind", "probe", "a", "b", "é", "🚀", "time", "x.y", "", "\"q\"", "\\"];
    private static readonly string[] Extremes = ["0", "9223372036854775807", "9223372036854775806", "4611686018427387904"];
    private static readonly string[] Junk = ["null", "true", "[1,[2,{\"values\":{}}]]", "{\"kind\":{\"time\":[]}}", "-1e9", "\"time\""];

    public string Next()
    {
        var fields = new List<string>
        {
            Field("kind", Word()), Field("time", random.Next(20) == 0 ? Sign() + Extreme() : Small(100_000)), Field("values", Numbers()),
        };
        if (random.Next(3) > 0) fields.Add(Field("labels", Texts()));
        if (random.Next(4) == 0) fields.AddRange(Field("source", Quote("s" + random.Next(9))), Field("sequence", random.Next(4) == 0 ? Extreme() : Small(3000)));
        else if (random.Next(2) == 0) fields.Add(Field("source", Word()));
        if (random.Next(3) == 0) fields.Add(Field("attributes", Texts()));
        if (random.Next(3) == 0) fields.Add(Field("unknown", random.GetItems(Junk, 1)[0]));
        if (random.Next(4) == 0) fields.Add(Field("kind", Word()));
        if (random.Next(4) == 0) fields.Add(Field("values", Numbers()));
        var order = fields.ToArray();
        random.Shuffle(order);
        return $"{Space()}{{{string.Join(',', order)}}}{Space()}";
    }

    private string Field(string name, string value) => $"{Space()}{Quote(name)}{Space()}:{Space()}{value}{Space()}";
    private string Word() => Quote(random.GetItems(Words, 1)[0]);
    private string Small(int below) => random.Next(below).ToString(CultureInfo.InvariantCulture);
    private string Extreme() => random.GetItems(Extremes, 1)[0];
    private string Sign() => random.Next(2) == 0 ? "-" : "";
    private string Space() => random.Next(6) == 0 ? " \n" : "";
    private string Texts() => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Field(random.GetItems(Words, 1)[0], Word())))}}}";
    private string Numbers() => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Field(random.GetItems(Words, 1)[0], Number())))}}}";

    private string Number() => random.Next(3) switch
    {
        0 => random.Next(-5, 5).ToString(CultureInfo.InvariantCulture),
        1 => ((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300))).ToString("E16", CultureInfo.InvariantCulture),
        _ => "-0.0",
    };

    private string Quote(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\' || random.Next(8) == 0) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else if (char.IsSurrogate(c)) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else json.Append(c);
        }
        return json.Append('"').ToString();
    }
}
