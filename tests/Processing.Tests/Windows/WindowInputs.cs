using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Pipeline.Contracts;
using Pipeline.Testing;

namespace Pipeline.Processing.Tests;

/// <summary>A sample, or a watermark where there are no labels.</summary>
internal sealed record WindowInput(long Time, double Value, string? Labels);

/// <summary>Laws of windows of any kind, over inputs that are drawn at random.</summary>
internal static class WindowInputs
{
    /// <summary>A seed for the inputs, and how many of them come in a batch.</summary>
    public static readonly Arbitrary<(int Seed, int Batch)> Runs =
        (from seed in Gen.Choose(0, int.MaxValue - 1) from batch in Gen.Choose(2, 200) select (seed, batch)).ToArbitrary();

    /// <param name="before">Called before each input, with its place.</param>
    public static WindowDriver Push(this WindowDriver driver, IReadOnlyList<WindowInput> inputs, int from = 0, Action<WindowDriver, int>? before = null)
    {
        for (var i = from; i < inputs.Count; i++)
        {
            before?.Invoke(driver, i);
            if (inputs[i].Labels is { } labels) driver.Sample(inputs[i].Time, inputs[i].Value, labels);
            else driver.Advance(inputs[i].Time);
        }
        driver.Flush();
        return driver;
    }

    /// <summary>What is written does not depend on how many inputs come in a batch.</summary>
    public static void CheckCuts(WindowOptions[] windows, IReadOnlyList<WindowInput> inputs, int batch) =>
        Assert.Equal(new WindowDriver(windows).Push(inputs).Written, new WindowDriver(windows) { BatchSize = batch }.Push(inputs).Written);

    /// <summary>A run that begins at a rewind point writes the same bytes as one that goes on.</summary>
    /// <param name="at">How many inputs come before the other run begins.</param>
    /// <param name="least">How much there must be left to write for it to prove something.</param>
    public static void CheckRewind(WindowOptions[] windows, List<WindowInput> inputs, int at, int least)
    {
        var whole = new WindowDriver(windows).Push(inputs[..at]);
        var (rewind, published) = (whole.Rewind, whole.Outputs.Count);
        var progress = new Progress("windows", 0, rewind.Offset, rewind.Watermark, at - 1, -1, rewind.MaxTime, rewind.Since);
        var again = new WindowDriver(progress, windows) { From = rewind.Offset }.Push(inputs, (int)rewind.Offset);
        whole.Push(inputs, at);
        var expected = whole.Written.Skip(published).ToList();
        Assert.True(rewind.Offset > 0 && expected.Count > least, "Nothing was left out, so this proves little.");
        Assert.Equal(expected, again.Written.Where(w => Cause(w) >= at));
    }

    private static long Cause(string written) => long.Parse(written.AsSpan(0, written.IndexOf(' ')), CultureInfo.InvariantCulture);
}
