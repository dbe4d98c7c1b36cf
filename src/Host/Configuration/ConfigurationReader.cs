using System.Text;

namespace Pipeline.Host.Configuration;

/// <summary>
/// Reads a JSON document into an options record and reports everything that is wrong with it, not the first thing only. Comments and
/// trailing commas are allowed. Values are checked by the DataAnnotations on their properties; what several of them must have in
/// common is checked by <see cref="System.ComponentModel.DataAnnotations.IValidatableObject"/> on the record that holds them.
/// </summary>
public static class ConfigurationReader
{
    /// <summary>A configuration is written by hand; a larger file is a mistake.</summary>
    public const int MaxBytes = 1024 * 1024;

    public static ConfigurationResult<T> ReadFile<T>(string path) where T : class
    {
        var problems = new ProblemList(path);
        return ConfigurationFile.Load(path, problems) is { } utf8 ? Bind<T>(utf8, problems) : new(null, problems.All);
    }

    /// <param name="file">The name that problems are reported under.</param>
    public static ConfigurationResult<T> Read<T>(ReadOnlyMemory<byte> utf8, string file) where T : class => Bind<T>(utf8, new ProblemList(file));

    /// <inheritdoc cref="Read{T}(ReadOnlyMemory{byte}, string)"/>
    public static ConfigurationResult<T> Read<T>(string json, string file) where T : class => Read<T>(Encoding.UTF8.GetBytes(json), file);

    private static ConfigurationResult<T> Bind<T>(ReadOnlyMemory<byte> utf8, ProblemList problems) where T : class
    {
        using var document = JsonText.Parse(utf8, problems);
        if (document is null) return new(null, problems.All);
        DuplicateNames.Report(document.RootElement, OptionPath.Root, problems);
        var value = new OptionBinder(problems).Bind(document.RootElement, OptionContract.For(typeof(T)), OptionPath.Root);
        return new(problems.Count == 0 ? (T?)value : null, problems.All);
    }
}
