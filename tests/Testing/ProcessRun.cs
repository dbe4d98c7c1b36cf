using System.Diagnostics;

namespace Pipeline.Testing;

/// <summary>Runs programs to their end, and sends signals to others.</summary>
public static class ProcessRun
{
    /// <returns>Its exit code, and all that it said.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(this ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <param name="signal">Its name, <c>TERM</c>.</param>
    public static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
        if (kill.ExitCode != 0) throw new InvalidOperationException($"kill -{signal} {process} ended with {kill.ExitCode}.");
    }
}
