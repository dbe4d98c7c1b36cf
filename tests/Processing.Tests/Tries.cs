using System.Globalization;
using FsCheck;

namespace Pipeline.Processing.Tests;

/// <summary>How often a randomised test tries. <c>PIPELINE_TRIES</c> is the share of it in percent: <c>./pipeline mutate</c> runs the tests thousands of times.</summary>
public static class Tries
{
    private static readonly int Percent = Environment.GetEnvironmentVariable("PIPELINE_TRIES") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 100;

    public static int Of(int tries) => Math.Max(1, (int)((long)tries * Percent / 100));

    /// <summary>Throws on the first case of so many for which the law does not hold, and says how to repeat it.</summary>
    public static void Check(this Property law, int tries = 100) => law.Check(Config.QuickThrowOnFailure.WithMaxTest(Of(tries)));
}
