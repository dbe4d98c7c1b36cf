using System.Text;
using Pipeline.Contracts;
using Pipeline.Host.Commands;

namespace Pipeline.Host.Tests;

public sealed class ReplayFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_topic_and_partition_has_a_file_of_lines_in_their_order()
    {
        using (var files = ReplayFiles.In(_folder))
        {
            Publish(files, 1, "a=\"x\"", """{"window":"w","end":1}""");
            Publish(files, 0, "k", "{}");
            Publish(files, 1, "ü", """{"window":"w","end":2}""");
        }
        Assert.Equal(["windows-0.jsonl", "windows-1.jsonl"], Directory.EnumerateFiles(_folder).Select(f => Path.GetFileName(f)).Order());
        Assert.Equal("{\"key\":\"a=\\\"x\\\"\",\"value\":{\"window\":\"w\",\"end\":1}}\n{\"key\":\"ü\",\"value\":{\"window\":\"w\",\"end\":2}}\n", File.ReadAllText(Path.Combine(_folder, "windows-1.jsonl")));
    }

    [Fact]
    public void Key_that_is_no_text_is_written_all_the_same()
    {
        using (var files = ReplayFiles.In(_folder))
        {
            var batch = new RecordBatch();
            batch.Add(new TopicPartition("dead-letter", 0), [0xff, (byte)'a'], "{}"u8);
            files.OnPublished(batch[0]);
        }
        Assert.Equal("{\"key\":\"\uFFFDa\",\"value\":{}}\n", File.ReadAllText(Path.Combine(_folder, "dead-letter-0.jsonl")).Replace("\\uFFFD", "\uFFFD"));
    }

    [Fact]
    public void Folder_with_something_in_it_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder, "old"), "");
        Assert.Contains(_folder, Assert.ThrowsAny<IOException>(() => ReplayFiles.In(_folder)).Message);
    }

    private static void Publish(ReplayFiles files, int partition, string key, string value)
    {
        var batch = new RecordBatch();
        batch.Add(new TopicPartition("windows", partition), Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
        files.OnPublished(batch[0]);
    }
}
