package io.bywash.auth;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Which certificate authorities may vouch for the other side of a TLS connection. */
public sealed interface Trust {

    /** The authorities the JVM trusts; {@code javax.net.ssl.trustStore} replaces them as usual. */
    static Trust system() {
        return new SystemDefault();
    }

    /** The certificates of a PEM file or text, and no others. */
    static Trust pem(PemSource certificates) {
        return new Pem(certificates);
    }

    /** The certificates of a PKCS12 or JKS file, and no others. */
    static Trust store(Path file, Secret password) {
        return new Store(file, Optional.of(password));
    }

    /** The authorities the JVM trusts. */
    record SystemDefault() implements Trust {}

    /**
     * Authorities in PEM.
     *
     * @param certificates one or more {@code CERTIFICATE} blocks; other blocks are ignored
     */
    record Pem(PemSource certificates) implements Trust {
        public Pem {
            Objects.requireNonNull(certificates, "certificates");
        }
    }

    /**
     * Authorities in a key store file. PKCS12 and JKS are told apart by the content of the file.
     *
     * @param file the store
     * @param password opens the store; may be absent only where the store's certificates are not encrypted
     */
    record Store(Path file, Optional<Secret> password) implements Trust {
        public Store {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
        }
    }
}
