package io.bywash.auth;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** The certificate and private key that the client shows to a broker which asks for one (mutual TLS). */
public sealed interface Identity {

    /** Certificate chain and unencrypted private key in PEM; both may come from the same file. */
    static Identity pem(PemSource certificates, PemSource key) {
        return new Pem(certificates, key, Optional.empty());
    }

    /** Certificate chain and encrypted private key in PEM; both may come from the same file. */
    static Identity pem(PemSource certificates, PemSource key, Secret keyPassword) {
        return new Pem(certificates, key, Optional.of(keyPassword));
    }

    /** A PKCS12 or JKS file whose key has the password of the store. */
    static Identity store(Path file, Secret password) {
        return new Store(file, password, Optional.empty());
    }

    /** A PKCS12 or JKS file whose key has a password of its own. */
    static Identity store(Path file, Secret password, Secret keyPassword) {
        return new Store(file, password, Optional.of(keyPassword));
    }

    /**
     * An identity in PEM.
     *
     * @param certificates the client's certificate first, then the intermediate authorities, each signing the one before
     * @param key one private key, PKCS#8 ({@code PRIVATE KEY} or {@code ENCRYPTED PRIVATE KEY}), RSA, EC or DSA
     * @param keyPassword decrypts the key; present exactly if the key is encrypted
     */
    record Pem(PemSource certificates, PemSource key, Optional<Secret> keyPassword) implements Identity {
        public Pem {
            Objects.requireNonNull(certificates, "certificates");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(keyPassword, "keyPassword");
        }
    }

    /**
     * An identity in a key store file. PKCS12 and JKS are told apart by the content of the file. Kafka reads the file
     * again whenever it makes a client.
     *
     * @param file the store, with at least one private key; the JVM picks the one whose issuer the broker accepts
     * @param password opens the store
     * @param keyPassword opens the keys, where that is not the store's password
     */
    record Store(Path file, Secret password, Optional<Secret> keyPassword) implements Identity {
        public Store {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
            Objects.requireNonNull(keyPassword, "keyPassword");
        }
    }
}
