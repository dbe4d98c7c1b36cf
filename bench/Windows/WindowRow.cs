using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pipeline.Bench.Windows;

/// <summary>A measured figure of the engine, beside that of a peer where there is one.</summary>
public sealed record WindowRow(string Name, string Density, string Window, double Ours, double? Peer, string? PeerName, string Unit)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public double? Ratio => Peer is { } peer ? Math.Round(Ours / peer, 2) : null;

    public string ToJson() => JsonSerializer.Serialize(new { Name, Density, Window, Ours, Peer, PeerName, Ratio, Unit }, Json);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Name,-18}{Density,-3}{Window,-9}{Ours,16:n1}{Peer,16:n1} {PeerName,-24}{Ratio,8:n1}  {Unit}");
}
