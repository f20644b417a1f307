package io.bywash.auth;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A key store file, opened.
 *
 * @param file its absolute path
 * @param type {@code PKCS12} or {@code JKS}
 * @param keys its entries
 */
record StoreFile(String file, String type, KeyStore keys) {
    private static final int JKS_MAGIC = 0xFEEDFEED;
    private static final byte DER_SEQUENCE = 0x30;

    static StoreFile open(Path path, Optional<Secret> password) throws UnusableException {
        Content content = Content.read(path);
        String type = type(content);
        try {
            KeyStore keys = KeyStore.getInstance(type);
            keys.load(
                    new ByteArrayInputStream(content.bytes()),
                    password.map(secret -> secret.reveal().toCharArray()).orElse(null));
            return new StoreFile(content.origin(), type, keys);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new UnusableException("the store password does not open " + content.origin()
                        + password.map(Secret::hint).orElse("") + "; correct the password");
            }
            throw damaged(content.origin(), type);
        } catch (GeneralSecurityException e) {
            throw damaged(content.origin(), type);
        }
    }

    /** The JVM would try both types, but Kafka has to be told. */
    private static String type(Content content) throws UnusableException {
        byte[] bytes = content.bytes();
        if (bytes.length > 0 && bytes[0] == DER_SEQUENCE) {
            return "PKCS12";
        }
        if (bytes.length >= 4 && ByteBuffer.wrap(bytes).getInt() == JKS_MAGIC) {
            return "JKS";
        }
        throw new UnusableException(content.origin() + " is neither a PKCS12 nor a JKS key store; "
                + (content.text().contains("-----BEGIN ")
                        ? "it is PEM, so give it as PEM"
                        : "check that it is the right file"));
    }

    /** What the JVM takes for an authority: trusted entries, and the certificate of a key entry. */
    List<X509Certificate> authorities() throws UnusableException {
        List<X509Certificate> authorities = new ArrayList<>();
        try {
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getCertificate(alias) instanceof X509Certificate authority) {
                    authorities.add(authority);
                }
            }
        } catch (KeyStoreException e) {
            throw damaged(file, type);
        }
        return authorities;
    }

    /** The private keys with their certificates; at least one. */
    List<KeyEntry> keyEntries(Secret keyPassword) throws UnusableException {
        List<KeyEntry> entries = new ArrayList<>();
        try {
            for (String alias : Collections.list(keys.aliases())) {
                if (keys.getKey(alias, keyPassword.reveal().toCharArray()) instanceof PrivateKey key) {
                    entries.add(new KeyEntry(alias, key, chain(alias)));
                }
            }
        } catch (UnrecoverableKeyException e) {
            throw new UnusableException("the key password does not open the key in " + file + keyPassword.hint()
                    + "; set the key's own password where it differs from the store's, or correct it");
        } catch (GeneralSecurityException e) {
            throw damaged(file, type);
        }
        if (entries.isEmpty()) {
            throw new UnusableException(
                    file + " holds no private key; give the client's key store here, not a trust store");
        }
        return entries;
    }

    private List<X509Certificate> chain(String alias) throws KeyStoreException {
        return Arrays.stream(keys.getCertificateChain(alias))
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static UnusableException damaged(String origin, String type) {
        return new UnusableException(origin + " is a damaged " + type
                + " key store, or uses an algorithm this JVM does not know; export it again with keytool");
    }

    /**
     * A private key of the store.
     *
     * @param alias its name in the store
     * @param key the key
     * @param chain the key's certificate, then those of its issuers
     */
    record KeyEntry(String alias, PrivateKey key, List<X509Certificate> chain) {}
}
