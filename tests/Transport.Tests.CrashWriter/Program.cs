using System.Globalization;
using System.Text;
using Pipeline.Contracts;
using Pipeline.Transport.Embedded;

// Appends without end from several threads, until it is killed. Each append goes to a/0, a/1 and b/0 with the same text, "thread/number",
// several records each; when it has returned, that text goes to the standard output. Arguments: folder, numbers that the threads begin with.
const int Threads = 4;
TopicSpec[] topics = [new("a", 2, TimeSpan.FromDays(1), 1L << 40), new("b", 1, TimeSpan.FromDays(1), 1L << 40)];
var options = new EmbeddedLogOptions { SegmentBytes = 200_000, JournalBytes = 20_000, FsyncInterval = TimeSpan.FromMilliseconds(20) };
await using var log = EmbeddedLog.Open(args[0], topics, options, TimeProvider.System);
foreach (var note in log.Recovery) Console.WriteLine($"# {note.Kind} {note.Message}");
using var output = Console.OpenStandardOutput();
var start = int.Parse(args[1], CultureInfo.InvariantCulture);
await Task.WhenAll(Enumerable.Range(0, Threads).Select(t => Task.Factory.StartNew(() => Append(t), TaskCreationOptions.LongRunning).Unwrap()));

async Task Append(int thread)
{
    var writer = await log.OpenAsync($"w{thread}", CancellationToken.None);
    var batch = new RecordBatch();
    for (var number = start; ; number++)
    {
        batch.Clear();
        var text = Encoding.ASCII.GetBytes($"{thread}/{number}");
        for (var i = 0; i < 1 + number % 3; i++)
            foreach (var to in (TopicPartition[])[new("a", 0), new("a", 1), new("b", 0)]) batch.Add(to, text, new byte[number % 500]);
        await writer.AppendAsync(batch, CancellationToken.None);
        var line = Encoding.ASCII.GetBytes($"{thread}/{number}\n");
        lock (topics) output.Write(line);
    }
}
