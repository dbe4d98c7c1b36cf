using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Pipeline.Ingest.Tests.Probes;

/// <summary>Certificates for 127.0.0.1 that nobody has signed but themselves.</summary>
public static class Certificates
{
    public static X509Certificate2 SelfSigned(DateTimeOffset expiry)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=probe test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(expiry.AddYears(-1), expiry);
    }
}
