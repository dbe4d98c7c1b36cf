namespace Pipeline.Contracts;

/// <summary>The log does not know this topic or partition.</summary>
public sealed class UnknownTopicException(TopicPartition partition)
    : Exception($"There is no {partition} in the log. 'pipeline topics' lists what there is.");

/// <summary>Another writer of the same name took over; this one may not write any more.</summary>
public sealed class FencedException(string writer, Exception? cause = null)
    : Exception($"The writer '{writer}' was opened again elsewhere; this one has ended.", cause);

/// <summary>The log cannot be used now. Nothing of what it was to take was kept; trying again later may work.</summary>
public class LogUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>There is no room for a record.</summary>
public sealed class LogFullException(string where, Exception? cause = null)
    : LogUnavailableException($"No room in {where}. Free some space, or lower log.retention.", cause);

/// <summary>The append may or may not have been kept; only reading the log can tell.</summary>
public sealed class OutcomeUnknownException(string message, Exception? cause = null) : Exception(message, cause);
