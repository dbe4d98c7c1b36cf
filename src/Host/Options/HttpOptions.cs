using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pipeline.Host;

/// <summary>Where the page and the interface listen.</summary>
public sealed record HttpOptions
{
    [Description("The addresses to listen on. There is no authentication: whoever reaches them may read everything and push samples.")]
    [MinLength(1)]
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:8080"];
}
