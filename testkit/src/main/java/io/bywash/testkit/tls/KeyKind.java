package io.bywash.testkit.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;

/** The kinds of keys that certificates are made for. */
enum KeyKind {
    /** Quick to make, which is what a test wants. */
    EC(256, "SHA256withECDSA"),
    RSA(2048, "SHA256withRSA");

    private final int bits;
    private final String signature;

    KeyKind(int bits, String signature) {
        this.bits = bits;
        this.signature = signature;
    }

    KeyPair newPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(name());
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot make " + name() + " keys of " + bits + " bits.", e);
        }
    }

    /** The algorithm with which a key of this kind signs. */
    String signature() {
        return signature;
    }
}
