using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Bench;

/// <summary>A measured figure, beside that of a peer where there is one.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Density">Of the input: A is 1,000 series, B is 100,000; empty where it has none.</param>
/// <param name="Window">Size and slide, as <c>60s/10s</c>; empty where it is not about windows.</param>
public sealed record BenchRow(string Name, string Density, string Window, double Ours, double? Peer, string? PeerName, string Unit)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public double? Ratio => Peer is { } peer ? Math.Round(Ours / peer, 2) : null;

    public string ToJson() => JsonSerializer.Serialize(new { Name, Density, Window, Ours, Peer, PeerName, Ratio, Unit }, Json);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name,-21}{Density,-3}{Window,-9}{Ours,16:#,0.##}{Peer,16:#,0.##} {PeerName,-26}{Ratio,7:0.##}  {Unit}");
}
