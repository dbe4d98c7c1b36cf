namespace Pipeline.Host.Configuration;

/// <summary>The problems found in one file so far.</summary>
internal sealed class ProblemList(string file)
{
    private readonly List<ConfigurationProblem> _problems = [];

    public int Count => _problems.Count;
    public IReadOnlyList<ConfigurationProblem> All => _problems;
    public void Add(string path, string problem, string remedy) => _problems.Add(new ConfigurationProblem(file, path, problem, remedy));
}
