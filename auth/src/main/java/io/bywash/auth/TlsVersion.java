package io.bywash.auth;

/** A version of TLS that a client may speak, oldest first. Older ones are not offered: RFC 8996 forbids them. */
public enum TlsVersion {
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String protocol;

    TlsVersion(String protocol) {
        this.protocol = protocol;
    }

    /** The name that Kafka and the JVM use, such as {@code TLSv1.3}. */
    public String protocol() {
        return protocol;
    }
}
