package io.bywash.testkit.tls;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The key of an authority and what it signs. Immutable. */
final class CertificateIssuer {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration TEN_YEARS = Duration.ofDays(3_650);
    private static final int SERIAL_BITS = 64;
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
    private static final KeyKind KIND = KeyKind.EC;

    private final X500Name name;
    private final PrivateKey key;
    private final X509Certificate certificate;

    private CertificateIssuer(X500Name name, PrivateKey key, X509Certificate certificate) {
        this.name = name;
        this.key = key;
        this.certificate = certificate;
    }

    /** A new issuer that vouches for itself, for long enough to have issued certificates that ended years ago. */
    static CertificateIssuer selfSigned(String commonName) {
        X500Name name = name(commonName);
        KeyPair keys = KIND.newPair();
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                serial(),
                Date.from(now.minus(TEN_YEARS)),
                Date.from(now.plus(TEN_YEARS)),
                name,
                keys.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        } catch (CertIOException e) {
            throw new IllegalStateException("The extensions of an authority's certificate cannot be written.", e);
        }
        return new CertificateIssuer(name, keys.getPrivate(), sign(builder, keys.getPrivate()));
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** A certificate for {@code subject} that ends at {@code until} and began a day before that or before now. */
    X509Certificate issue(
            String subject, PublicKey subjectKey, KeyPurposeId purpose, List<String> hosts, Instant until) {
        Instant now = Instant.now();
        Instant from = (until.isBefore(now) ? until : now).minus(DAY);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name, serial(), Date.from(from), Date.from(until), name(subject), subjectKey);
        try {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            if (!hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(hosts));
            }
        } catch (CertIOException e) {
            throw new IllegalStateException("The extensions of the certificate of " + subject + " are not valid.", e);
        }
        return sign(builder, key);
    }

    private static GeneralNames alternatives(List<String> hosts) {
        return new GeneralNames(hosts.stream()
                .map(host -> new GeneralName(
                        IPV4.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS, new SecureRandom());
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(KIND.signature()).build(key)));
        } catch (OperatorCreationException | CertificateException e) {
            throw new IllegalStateException("This JVM cannot sign a certificate with " + KIND.signature() + ".", e);
        }
    }
}
