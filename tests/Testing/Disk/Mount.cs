using System.Diagnostics;

namespace Pipeline.Testing;

/// <summary>Runs mount and its like.</summary>
public static class Mount
{
    public static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
