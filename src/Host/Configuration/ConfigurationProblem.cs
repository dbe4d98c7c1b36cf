namespace Pipeline.Host.Configuration;

/// <summary>One thing wrong with a configuration.</summary>
/// <param name="Path">
/// Where in the document, for example <c>windows[2].size</c>; the line and column where the text is no JSON; empty for the file as a whole.
/// </param>
/// <param name="Problem">What is wrong, as the end of a sentence that begins with the path.</param>
/// <param name="Remedy">What to do about it, as a sentence.</param>
public sealed record ConfigurationProblem(string File, string Path, string Problem, string Remedy)
{
    public override string ToString() => $"{File}: {(Path.Length == 0 ? "" : Path + " ")}{Problem.TrimEnd('.')}. {Remedy}".TrimEnd();
}
