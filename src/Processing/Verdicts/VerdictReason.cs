namespace Pipeline.Processing;

/// <summary>One reason why the verdict is not <see cref="Health.Healthy"/>.</summary>
/// <param name="About">What it speaks of: <c>target example</c>, <c>host a</c>, <c>stage windows/0</c>.</param>
public sealed record VerdictReason(Health Severity, string About, string Text);
