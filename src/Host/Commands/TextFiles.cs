namespace Pipeline.Host.Commands;

/// <summary>Generated documents on their way to disk.</summary>
internal static class TextFiles
{
    /// <summary>Writes them, and prints where each is.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(IEnumerable<(string File, string Text)> documents, string folder)
    {
        try
        {
            foreach (var (file, text) in documents)
            {
                var path = Path.Combine(folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, text);
                Console.WriteLine(path);
            }
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Cannot write to {folder}: {e.Message} Name another folder with --out.");
            return ExitCodes.Failed;
        }
    }
}
