package io.bywash.testkit.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/** Writes PEM text. */
final class Pem {

    private Pem() {}

    /** {@code objects} one after the other, each in its own block. */
    static String of(Iterable<?> objects) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("PEM text cannot be made.", e);
        }
        return text.toString();
    }
}
