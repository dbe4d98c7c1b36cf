using System.Globalization;

namespace Pipeline.Host.Commands;

/// <summary>One line on standard error that is written over as things move on. Where that is no terminal, only the last one is written.</summary>
internal sealed class ProgressLine(TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private long _shown = long.MinValue;
    private int _length;

    /// <param name="share">Of what is to be done, 0 to 1.</param>
    public static string Bar(double share) => string.Create(CultureInfo.InvariantCulture, $"[{new string('#', (int)(share * 20)),-20}] {share:P0}");

    /// <summary>Shows a text, unless one was shown just now.</summary>
    public void Show(Func<string> text)
    {
        if (Console.IsErrorRedirected || (_shown != long.MinValue && time.GetElapsedTime(_shown) < Every)) return;
        _shown = time.GetTimestamp();
        Write(text());
    }

    /// <summary>Shows the last text and ends the line.</summary>
    public void End(string text)
    {
        Write(text);
        Console.Error.WriteLine();
    }

    private void Write(string text)
    {
        var room = Console.IsErrorRedirected ? int.MaxValue : Math.Max(20, Console.WindowWidth - 1); // a wrapped line cannot be written over
        if (text.Length > room) text = text[..room];
        Console.Error.Write(_length == 0 ? text : "\r" + text.PadRight(_length));
        _length = text.Length;
    }
}
