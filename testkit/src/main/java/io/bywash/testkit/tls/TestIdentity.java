package io.bywash.testkit.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.jspecify.annotations.Nullable;

/** A certificate with its private key and its issuer, as a server or a client holds it. Immutable; any thread. */
public final class TestIdentity {

    private static final String ALIAS = "identity";

    private final List<X509Certificate> chain;
    private final PrivateKey privateKey;

    TestIdentity(List<X509Certificate> chain, PrivateKey privateKey) {
        this.chain = List.copyOf(chain);
        this.privateKey = privateKey;
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.get(0);
    }

    /** The key of the certificate. */
    public PrivateKey privateKey() {
        return privateKey;
    }

    /** The certificate and, after it, that of its issuer, as PEM. */
    public String certificatePem() {
        return Pem.of(chain);
    }

    /** The key in the clear, as PEM: a {@code PRIVATE KEY} block (PKCS #8). */
    public String privateKeyPem() {
        return keyPem(null);
    }

    /**
     * The key under a password, as PEM: an {@code ENCRYPTED PRIVATE KEY} block (PKCS #8) with AES-256, as OpenSSL writes
     * it. Java 17 has no reader for those, and neither has Kafka on it.
     */
    public String privateKeyPem(String password) {
        try {
            return keyPem(new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .setPRF(PKCS8Generator.PRF_HMACSHA256)
                    .setPassword(password.toCharArray())
                    .build());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("A private key cannot be encrypted with AES-256.", e);
        }
    }

    private String keyPem(@Nullable OutputEncryptor encryptor) {
        try {
            return Pem.of(List.of(new JcaPKCS8Generator(privateKey, encryptor).generate()));
        } catch (IOException e) {
            throw new UncheckedIOException("The private key cannot be written as PEM.", e);
        }
    }

    /**
     * Writes key and certificates into a new key store.
     *
     * @param file where; replaced if it exists
     * @param password of the store and of the key in it
     * @return {@code file}
     */
    public Path writeKeyStore(Path file, KeyStoreType type, String password) {
        X509Certificate[] certificates = chain.toArray(X509Certificate[]::new);
        return KeyStoreFile.write(
                file,
                type,
                password,
                store -> store.setKeyEntry(ALIAS, privateKey, password.toCharArray(), certificates));
    }

    /** Whose certificate it is; never the key. */
    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName();
    }
}
