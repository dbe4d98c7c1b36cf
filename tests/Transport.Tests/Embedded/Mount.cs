using System.Diagnostics;

namespace Pipeline.Transport.Tests.Embedded;

internal static class Mount
{
    public static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
