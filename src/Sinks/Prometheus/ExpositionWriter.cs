using System.Globalization;
using System.IO.Pipelines;
using System.Text;

namespace Pipeline.Sinks;

/// <summary>Writes the Prometheus text format, version 0.0.4. Families come one after the other; a series that was there is left out.</summary>
internal sealed class ExpositionWriter(PipeWriter output)
{
    private const int FlushBytes = 32 * 1024;

    private readonly HashSet<string> _families = [];
    private readonly HashSet<string> _samples = [];
    private string _family = "";

    /// <summary>Samples that the format cannot hold beside others, since their names differ only in what it cannot write.</summary>
    public int LeftOut { get; private set; }

    /// <summary>False where this family was written already.</summary>
    public bool Begin(string family, string type, string help)
    {
        if (!_families.Add(family)) return false;
        _family = family;
        _samples.Clear();
        Write($"# HELP {family} {Escaped(help, quotes: false)}\n# TYPE {family} {type}\n");
        return true;
    }

    public void Add(double value, params ReadOnlySpan<(string Name, string Text)> labels) => Add(value, Labels(labels));

    /// <param name="labels">As <see cref="Labels"/> makes them.</param>
    public void Add(double value, string labels)
    {
        if (!_samples.Add(labels)) LeaveOut(1);
        else Write($"{_family}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {Number(value)}\n");
    }

    public void LeaveOut(int samples) => LeftOut += samples;

    public static string Labels(params ReadOnlySpan<(string Name, string Text)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels) text.Append(text.Length == 0 ? "" : ",").Append(name).Append("=\"").Append(Escaped(value, quotes: true)).Append('"');
        return text.ToString();
    }

    public async ValueTask FlushAsync(CancellationToken abort, bool always = false)
    {
        if (always || output.UnflushedBytes >= FlushBytes) await output.FlushAsync(abort);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }
}
