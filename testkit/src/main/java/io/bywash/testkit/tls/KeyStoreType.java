package io.bywash.testkit.tls;

/** The formats of key and trust stores that the JVM writes. Their names are those of {@code ssl.keystore.type}. */
public enum KeyStoreType {
    /** The standard format. */
    PKCS12,
    /** Java's own, from before Java 9. */
    JKS
}
