using System.Reflection;
using Xunit.Abstractions;

namespace Pipeline.Architecture.Tests;

public class SizeTests(ITestOutputHelper output)
{
    private const int FileLines = 300;
    private const int MethodLines = 60;
    private const int PortMembers = 3;
    private const int ConstructorParameters = 5;

    [Fact]
    public void Files_are_short()
    {
        var sizes = Repository.Files("src", "*.cs").Select(f => (File: f, Lines: Repository.Read(f).Count(c => c == '\n'))).OrderByDescending(f => f.Lines).ToList();
        foreach (var (file, lines) in sizes.Take(10)) output.WriteLine($"{lines,5} {file}");

        Assert.DoesNotContain(sizes, f => f.Lines > FileLines);
    }

    [Fact]
    public void Methods_fit_on_a_screen()
    {
        var sizes = Repository.Assemblies.Values.SelectMany(MethodSizes.Of).OrderByDescending(m => m.Lines).ToList();
        foreach (var (method, lines) in sizes.Take(10)) output.WriteLine($"{lines,5} {method}");

        Assert.NotEmpty(sizes);
        Assert.DoesNotContain(sizes, m => m.Lines > MethodLines);
    }

    [Fact]
    public void Ports_are_small() => Assert.Empty(LargePorts(Repository.Assemblies["Contracts"].GetExportedTypes()));

    [Fact]
    public void A_large_port_is_found() => Assert.Equal([nameof(ILarge)], LargePorts([typeof(ILarge), typeof(IDisposable)]));

    [Fact]
    public void Constructors_take_few_parameters() => Assert.Empty(LargeConstructors(Repository.Types));

    [Fact]
    public void A_large_constructor_is_found() => Assert.Equal([nameof(Large)], LargeConstructors([typeof(Large), typeof(LargeRecord), typeof(SizeTests)]));

    private static IEnumerable<string> LargePorts(IEnumerable<Type> types) => types
        .Where(t => t.IsInterface && t.GetMembers().Count(m => m is not MethodInfo { IsSpecialName: true }) > PortMembers).Select(t => t.Name);

    private static IEnumerable<string> LargeConstructors(IEnumerable<Type> types) => types
        .Where(t => t.IsClass && t.GetMethod("<Clone>$") is null) // a record's constructor is its list of fields
        .Where(t => t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Any(c => c.GetParameters().Length > ConstructorParameters)).Select(t => t.Name);

    private interface ILarge
    {
        int A { get; set; }
        int B { get; set; }
        event Action C;
        void D();
    }

    private sealed class Large
    {
        public Large(int a, int b, int c, int d, int e, int f) => Sum = a + b + c + d + e + f;
        public int Sum { get; }
    }

    private sealed record LargeRecord(int A, int B, int C, int D, int E, int F);
}
