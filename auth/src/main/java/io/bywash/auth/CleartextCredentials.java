package io.bywash.auth;

/**
 * Whether credentials may cross the network readable to anyone on the way: a PLAIN password or an OAuth token to a broker
 * without TLS, or a request to a token endpoint that is not {@code https}.
 */
public enum CleartextCredentials {
    /** Such settings are an error. */
    REFUSED,
    /** Such settings work and are logged as a warning. For tests, and networks that encrypt by other means. */
    ALLOWED
}
