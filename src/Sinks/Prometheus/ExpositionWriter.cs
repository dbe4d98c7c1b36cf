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
    private string? _family;

    /// <summary>Samples that the format cannot hold beside others, since their names differ only in what it cannot write.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The samples that follow are of this family; they are left out where it was written already.</summary>
    public void Begin(string family, string type, string help)
    {
        _samples.Clear();
        _family = _families.Add(family) ? family : null;
        if (_family is not null) Write($"# HELP {family} {Escaped(help, quotes: false)}\n# TYPE {family} {type}\n");
    }

    public void Add(double value, params ReadOnlySpan<(string Name, string Text)> labels) => Add(value, Labels(labels));

    /// <param name="labels">As <see cref="Labels"/> makes them.</param>
    public void Add(double value, string labels)
    {
        if (_family is null || !_samples.Add(labels)) LeftOut++;
        else Write($"{_family}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {Number(value)}\n");
    }

    public static string Labels(params ReadOnlySpan<(string Name, string Text)> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels)
        {
            if (text.Length > 0) text.Append(',');
            text.Append(name).Append("=\"").Append(Escaped(value, quotes: true)).Append('"');
        }
        return text.ToString();
    }

    public async ValueTask FlushAsync(CancellationToken abort, bool always = false)
    {
        if (always || output.UnflushedBytes >= FlushBytes) await output.FlushAsync(abort);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, output);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Escaped(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }
}
