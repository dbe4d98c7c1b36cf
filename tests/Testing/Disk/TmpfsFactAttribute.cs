using Xunit;

namespace Pipeline.Testing;

/// <summary>A test that needs to mount a small file system.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TmpfsFactAttribute : FactAttribute
{
    public TmpfsFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root") Skip = "Mounting a small tmpfs needs Linux and root.";
    }
}
