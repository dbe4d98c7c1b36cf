namespace Pipeline.Contracts;

/// <summary>Marks an option that may hold a secret. It is left out wherever a configuration is written down for others.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
