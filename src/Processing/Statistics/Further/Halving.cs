namespace Pipeline.Processing;

/// <summary>
/// 2^-(age / halfLife) by additions and multiplications alone, which are the same to the last bit everywhere; those of the machine's
/// mathematical library are not. Within 4 units of the last place.
/// </summary>
internal static class Halving
{
    /// <summary>So many halvings leave nothing.</summary>
    private const long Most = 1100;

    /// <summary>The terms of the exponential series: (-ln 2)^n / n!.</summary>
    private static readonly double[] Terms = [.. Series()];

    /// <param name="age">Not negative.</param>
    public static double Of(long age, long halfLife)
    {
        if (age == 0) return 1; // one of any two samples
        var (halvings, rest) = Math.DivRem(age, halfLife);
        if (halvings > Most) return 0;
        if (rest == 0) return Math.ScaleB(1, -(int)halvings);
        var part = (double)rest / halfLife;
        var sum = 0.0;
        for (var n = Terms.Length - 1; n >= 0; n--) sum = sum * part + Terms[n];
        return Math.ScaleB(sum, -(int)halvings);
    }

    /// <summary>As many as a fraction below 1 can make felt.</summary>
    private static IEnumerable<double> Series()
    {
        const double Ln2 = 0.6931471805599453;
        var term = 1.0;
        for (var n = 1; n <= 19; n++)
        {
            yield return term;
            term *= -Ln2 / n;
        }
    }
}
