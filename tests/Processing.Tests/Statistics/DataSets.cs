namespace Pipeline.Processing.Tests;

/// <summary>Random data sets of the shapes that measurements have, and of those that break sketches.</summary>
internal static class DataSets
{
    public const int Shapes = 8;

    public static double[] Random(Random random, int shape)
    {
        var values = new double[1 + random.Next(random.Next(4) == 0 ? 60 : 3000)];
        var scale = Math.Pow(10, random.Next(-9, 10));
        for (var i = 0; i < values.Length; i++) values[i] = scale * Next(random, shape);
        return values;
    }

    private static double Next(Random random, int shape) => shape switch
    {
        0 => random.NextDouble(),
        1 => Math.Exp(Normal(random)),
        2 => Math.Pow(1 - random.NextDouble(), -1 / 1.1),                                   // Pareto
        3 => random.Next(2) == 0 ? 1 + Normal(random) * 0.01 : 1000 + Normal(random),       // bimodal
        4 => 42,
        5 => -Math.Exp(Normal(random) * 3),
        6 => random.Next(2) == 0 ? 0 : random.NextDouble() - 0.5,
        _ => Normal(random) * Math.Pow(2, random.Next(-20, 20)),
    };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
