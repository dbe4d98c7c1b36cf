using System.Reflection;
using System.Reflection.Metadata;

namespace Pipeline.Architecture.Tests;

/// <summary>How many lines methods span, as the debugger knows it: from their first statement to their last.</summary>
internal static class MethodSizes
{
    /// <summary>Constructors are left out: field initialisers, which may stand anywhere in the file, are part of them.</summary>
    public static IReadOnlyList<(string Method, int Lines)> Of(Assembly assembly)
    {
        using var stream = File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var reader = provider.GetMetadataReader();
        return [.. reader.MethodDebugInformation.SelectMany(handle => Measure(reader, handle, assembly.ManifestModule))];
    }

    private static IEnumerable<(string, int)> Measure(MetadataReader reader, MethodDebugInformationHandle handle, Module module)
    {
        var information = reader.GetMethodDebugInformation(handle);
        if (information.Document.IsNil || IsGenerated(reader.GetString(reader.GetDocument(information.Document).Name))) yield break;
        var points = information.GetSequencePoints().Where(p => !p.IsHidden).ToList();
        var method = module.ResolveMethod(System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(handle.ToDefinitionHandle()))!;
        if (points.Count > 0 && method is not ConstructorInfo)
            yield return ($"{method.DeclaringType}.{method.Name}", points.Max(p => p.EndLine) - points.Min(p => p.StartLine) + 1);
    }

    private static bool IsGenerated(string document) => document.EndsWith(".g.cs", StringComparison.Ordinal) || document.Contains("/obj/", StringComparison.Ordinal);
}
