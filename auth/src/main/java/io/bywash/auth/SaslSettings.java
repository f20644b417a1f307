package io.bywash.auth;

import java.util.Optional;

/** How the client proves to the brokers who it is. */
public sealed interface SaslSettings permits Plain, Scram, OAuthBearer, Gssapi {

    /** The SASL mechanism under its registered name, such as {@code SCRAM-SHA-512}. */
    String mechanism();

    /** Who the client says it is, for messages; empty where only the credential itself knows. */
    Optional<String> principal();
}
