using Pipeline.Contracts;

namespace Pipeline.Transport.Embedded;

/// <summary>Brings the configured topics together with those on the disk, which keep their partitions.</summary>
internal static class TopicFolders
{
    /// <exception cref="ArgumentException">A topic's name cannot be the name of a folder.</exception>
    public static Snapshot Prepare(string folder, Snapshot state, IReadOnlyList<TopicSpec> topics, List<RecoveryNote> notes)
    {
        var names = state.Names.ToList();
        foreach (var topic in topics)
        {
            Check(topic.Name);
            var there = state.Names.Count(n => n.Topic == topic.Name);
            if (there == 0) names.AddRange(Enumerable.Range(0, topic.Partitions).Select(p => new TopicPartition(topic.Name, p)));
            else if (there != topic.Partitions)
                Note(topic.Name,
                    $"{topic.Name} has {there} partitions and keeps them; {topic.Partitions} are configured. To change that, begin with an empty folder.");
        }
        foreach (var gone in state.Names.Select(n => n.Topic).Distinct().Except(topics.Select(t => t.Name)))
            Note(gone,
                $"{gone} is on the disk and not configured any more; it is kept as it is. Delete its folder while the program is stopped to free the room.");
        foreach (var name in names) Directory.CreateDirectory(LogState.FolderOf(folder, name));
        var fresh = Enumerable.Range(state.Names.Count, names.Count - state.Names.Count).Select(i => new PartitionMark(i, 0, 0, 0));
        return state with { Names = names, Marks = [.. state.Marks, .. fresh] };

        void Note(string topic, string message) =>
            notes.Add(new RecoveryNote(RecoveryKind.TopicDiffers, Path.Combine(folder, topic), message));
    }

    private static void Check(string name)
    {
        if (name.Length is 0 or > 200 || name[0] == '.' || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
            throw new ArgumentException(
                $"'{name}' cannot be the name of a topic: letters, digits, '.', '_' and '-' only, at most 200, not beginning with '.'.");
    }
}
