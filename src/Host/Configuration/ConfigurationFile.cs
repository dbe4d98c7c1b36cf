namespace Pipeline.Host.Configuration;

/// <summary>Gets the bytes of a configuration file, or says why not.</summary>
internal static class ConfigurationFile
{
    public static ReadOnlyMemory<byte>? Load(string path, ProblemList problems)
    {
        if (Directory.Exists(path))
            return Refuse(problems, "is a folder", "Name the file in it, for example with --config pipeline.json.");
        if (!File.Exists(path))
            return Refuse(problems, "does not exist", "Check the path given with --config.");
        try
        {
            return Read(path, problems);
        }
        catch (UnauthorizedAccessException)
        {
            return Refuse(problems, "may not be read by this user", "Give the user of the program the right to read it.");
        }
        catch (IOException e)
        {
            return Refuse(problems, $"cannot be read ({e.Message.TrimEnd('.')})", "Check the file and its disk.");
        }
    }

    // Reads up to the bound instead of asking for the length, which a pipe or a device does not have.
    private static ReadOnlyMemory<byte>? Read(string path, ProblemList problems)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[ConfigurationReader.MaxBytes + 1];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count <= ConfigurationReader.MaxBytes
            ? bytes.AsMemory(0, count)
            : Refuse(problems, "is larger than 1 MiB", "A configuration is much smaller; check that this is the right file.");
    }

    private static ReadOnlyMemory<byte>? Refuse(ProblemList problems, string problem, string remedy)
    {
        problems.Add(OptionPath.Root, problem, remedy);
        return null;
    }
}
