namespace Pipeline.Contracts.Tests;

/// <summary>Random parts of records, with the texts and numbers that break formats.</summary>
internal static class RandomRecords
{
    private static readonly string[] Pieces = ["\"", "\\", "\n", "\0", "é", "🚀", "a", "b", "="];
    private static readonly double[] Extremes = [0, -0.0, double.Epsilon, double.MaxValue, double.MinValue, 0.1];

    public static string Text(this Random random) => string.Concat(random.GetItems(Pieces, 8));
    public static double Double(this Random random) => random.Next(3) == 0 ? Extremes[random.Next(Extremes.Length)] : random.NextDouble();
    public static LabelSet Labels(this Random random) => LabelSet.Of((random.Text(), random.Text()), (random.Text(), random.Text()));
    public static Dictionary<string, long> Times(this Random random) => new() { [random.Text()] = random.NextInt64(), [random.Text()] = -random.NextInt64() };

    public static byte[] Bytes(this Random random)
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }

    public static WindowResult Result(this Random random) => new()
    {
        Window = random.Text(), Metric = random.Text(), Labels = random.Labels(), Start = random.NextInt64(), End = random.NextInt64(), Revision = random.Next(),
        Count = random.NextInt64(), Sum = random.Double(), Min = random.Double(), Max = random.Double(), Mean = random.Double(),
        First = random.Double(), FirstTime = random.NextInt64(), Last = random.Double(), LastTime = random.NextInt64(),
        Rate = random.Next(2) == 0 ? null : random.Double(), Node = random.Next(2) == 0 ? null : random.Text(),
        Quantiles = new Dictionary<string, double> { ["0.5"] = random.Double(), [random.Text()] = random.Double() }, Sketch = random.Bytes(),
        StandardDeviation = random.Next(2) == 0 ? null : random.Double(), Increase = random.Next(2) == 0 ? null : random.Double(),
        IncreaseRate = random.Next(2) == 0 ? null : random.Double(), Ewma = random.Next(2) == 0 ? null : random.Double(),
        Distinct = random.Next(2) == 0 ? null : random.NextInt64(), BaselineDays = random.Next(2) == 0 ? null : random.Next(),
        Baseline = random.Next(2) == 0 ? null : random.Double(), Change = random.Next(2) == 0 ? null : random.Double(),
        Above = random.Next(2) == 0 ? null : new Dictionary<string, double> { [random.Text()] = random.Double() },
        States = random.Next(2) == 0 ? null : new Dictionary<string, byte[]> { [random.Text()] = random.Bytes() },
    };
}
