using System.Globalization;

namespace Pipeline.Bench.Windows;

/// <summary>The peer in a process of its own, with a first generation that fits nothing but it.</summary>
internal static class PeerProcess
{
    public const string Word = "windows-peer";

    /// <returns>Samples per second.</returns>
    public static async Task<double> MeasureAsync(WindowCase of, int runs) =>
        (await BenchProcess.RunAsync([Word, of.ToString(), runs.ToString(CultureInfo.InvariantCulture)], ("DOTNET_GCgen0size", "0x4000000")))[0];

    public static int Run(string[] args)
    {
        var of = WindowCase.Parse(args[1]);
        Console.WriteLine(RxRun.Median(of, int.Parse(args[2], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }
}
