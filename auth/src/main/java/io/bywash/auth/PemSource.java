package io.bywash.auth;

import java.nio.file.Path;
import java.util.Objects;

/** Where PEM text comes from. A file is read once, when the client properties are made. */
public sealed interface PemSource {

    /** A file, absolute or relative to the working directory. */
    static PemSource file(Path path) {
        return new File(path);
    }

    /** The PEM text itself. It never prints, for it may hold a private key. */
    static PemSource inline(String pem) {
        return new Inline(Secret.of(pem));
    }

    /**
     * PEM text in a file.
     *
     * @param path the file; may also be a pipe
     */
    record File(Path path) implements PemSource {
        public File {
            Objects.requireNonNull(path, "path");
        }
    }

    /**
     * PEM text as a value.
     *
     * @param pem the text, line breaks included
     */
    record Inline(Secret pem) implements PemSource {
        public Inline {
            Objects.requireNonNull(pem, "pem");
        }
    }
}
