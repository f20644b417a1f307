package io.bywash.auth;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key with its certificate and those of its issuers, made for this run, in every form a user may hold them: with the
 * algorithms, formats, validity and chains that the test kit's authority has no reason to make.
 *
 * @param keys the pair
 * @param chain the key's certificate first, the root authority last
 */
record Issued(KeyPair keys, List<X509Certificate> chain) {
    static final ASN1ObjectIdentifier AES_256 = PKCS8Generator.AES_256_CBC;
    static final ASN1ObjectIdentifier TRIPLE_DES = PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC;

    /**
     * What to issue.
     *
     * @param name the common name
     * @param algorithm of the key, as the JVM calls it
     * @param from start of validity, counted from now
     * @param to end of validity, counted from now
     */
    record Order(String name, String algorithm, Duration from, Duration to) {
        static Order of(String name) {
            return new Order(name, "EC", Duration.ofDays(-1), Duration.ofDays(1));
        }

        Order algorithm(String other) {
            return new Order(name, other, from, to);
        }

        Order expired() {
            return new Order(name, algorithm, Duration.ofDays(-2), Duration.ofDays(-1));
        }

        Order notYetValid() {
            return new Order(name, algorithm, Duration.ofDays(1), Duration.ofDays(2));
        }
    }

    static Issued authority(Order order) throws Exception {
        KeyPair keys = newKeys(order.algorithm());
        return new Issued(keys, List.of(certificate(order, keys, subject(order), keys)));
    }

    static Issued authority(String name) throws Exception {
        return authority(Order.of(name));
    }

    /** A certificate signed by this one; an authority's own if its name says CA. */
    Issued issue(Order order) throws Exception {
        KeyPair issued = newKeys(order.algorithm());
        X509Certificate certificate = certificate(order, issued, chain.get(0).getSubjectX500Principal(), keys);
        return new Issued(
                issued, Stream.concat(Stream.of(certificate), chain.stream()).toList());
    }

    Issued issue(String name) throws Exception {
        return issue(Order.of(name));
    }

    /** RSA keys are short, for a long one can take seconds to find. */
    private static KeyPair newKeys(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        if (!algorithm.startsWith("Ed")) {
            generator.initialize(algorithm.equals("EC") ? 256 : 1024);
        }
        return generator.generateKeyPair();
    }

    private static X500Principal subject(Order order) {
        return new X500Principal("CN=" + order.name());
    }

    private static X509Certificate certificate(Order order, KeyPair subject, X500Principal issuer, KeyPair signer)
            throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.plus(order.from())),
                Date.from(now.plus(order.to())),
                subject(order),
                subject.getPublic());
        builder.addExtension(
                Extension.basicConstraints,
                true,
                new BasicConstraints(order.name().contains("CA")));
        String algorithm = signer.getPrivate().getAlgorithm();
        String signature = algorithm.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(signer.getPrivate())));
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** The certificate and its issuers without the root, which the other side has. */
    String chainPem() throws IOException {
        return pem(chain.subList(0, Math.max(1, chain.size() - 1)).toArray());
    }

    String certificatePem() throws IOException {
        return pem(certificate());
    }

    String keyPem() throws IOException {
        return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
    }

    /** The key as openssl writes it unless told to use PKCS#8. */
    String traditionalKeyPem() throws IOException {
        return pem(keys.getPrivate());
    }

    String encryptedKeyPem(String password, ASN1ObjectIdentifier cipher) throws IOException, OperatorCreationException {
        return pem(new JcaPKCS8Generator(
                keys.getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(cipher)
                        .setProvider(new BouncyCastleProvider())
                        .setPRF(PKCS8Generator.PRF_HMACSHA256)
                        .setPassword(password.toCharArray())
                        .build()));
    }

    private static String pem(Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }

    Path keyStore(Path file, String type, String password, String keyPassword) throws Exception {
        KeyStore store = emptyStore(type);
        store.setKeyEntry(
                "client", keys.getPrivate(), keyPassword.toCharArray(), chain.toArray(X509Certificate[]::new));
        return write(store, file, password);
    }

    Path trustStore(Path file, String type, String password) throws Exception {
        KeyStore store = emptyStore(type);
        store.setCertificateEntry("ca", certificate());
        return write(store, file, password);
    }

    static KeyStore emptyStore(String type) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        return store;
    }

    static Path write(KeyStore store, Path file, String password) throws Exception {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }
}
