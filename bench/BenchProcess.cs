using System.Diagnostics;
using System.Globalization;

namespace Pipeline.Bench;

/// <summary>A part of a benchmark, in a process of its own: this program with other words.</summary>
internal static class BenchProcess
{
    /// <returns>The numbers that it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<double[]> RunAsync(string[] words, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(BenchProcess).Assembly.Location, .. words]) { RedirectStandardOutput = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{string.Join(' ', words)} ended with {process.ExitCode}: {said}");
        return [.. said.Split(' ').Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
    }
}
