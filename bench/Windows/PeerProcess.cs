using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Bench.Windows;

/// <summary>The peer in a process of its own, with a first generation that fits nothing but it.</summary>
public static class PeerProcess
{
    public const string Word = "windows-peer";

    public static double Measure(WindowCase of, int runs)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(PeerProcess).Assembly.Location, Word, of.ToString(), runs.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_GCgen0size"] = "0x4000000" },
        };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(said, CultureInfo.InvariantCulture);
    }

    public static int Run(string[] args)
    {
        var of = WindowCase.All.Single(c => c.ToString() == args[1]);
        Console.WriteLine(RxRun.Median(of, int.Parse(args[2], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture));
        return 0;
    }
}
