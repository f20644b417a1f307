package io.bywash.testkit.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** Writes one key store. */
final class KeyStoreFile {

    /** What goes into the store. */
    interface Content {
        void putInto(KeyStore store) throws GeneralSecurityException;
    }

    private KeyStoreFile() {}

    static Path write(Path file, KeyStoreType type, String password, Content content) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance(type.name());
            store.load(null, null);
            content.putInto(store);
            store.store(out, password.toCharArray());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Key store " + file + " cannot be written. Name a file in a directory that exists.", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot make a " + type + " key store.", e);
        }
    }
}
