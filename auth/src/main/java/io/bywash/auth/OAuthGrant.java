package io.bywash.auth;

import java.util.Objects;
import java.util.Optional;

/** What a token endpoint gives an access token for. */
public sealed interface OAuthGrant {

    /** The client's id, where it is known; for messages. */
    Optional<String> client();

    /**
     * Grant {@code client_credentials}, the client proving itself by a shared secret (RFC 6749, section 4.4). Both values are
     * form-encoded in the request as the RFC demands.
     *
     * @param clientId the id the provider registered; not blank
     * @param clientSecret the secret; neither empty nor with white space at its ends, which Kafka cuts off
     */
    record ClientSecret(String clientId, Secret clientSecret) implements OAuthGrant {
        public ClientSecret {
            Required.text("sasl.client-id", clientId);
            Required.secret("sasl.client-secret", clientSecret);
            if (!clientSecret.reveal().equals(clientSecret.reveal().trim())) {
                throw new InvalidAuthException(
                        "sasl.client-secret",
                        "starts or ends with white space, which Kafka cuts off; remove it, or have another secret issued");
            }
        }

        @Override
        public Optional<String> client() {
            return Optional.of(clientId);
        }
    }

    /**
     * Grant {@code client_credentials}, the client proving itself by a signed JWT, also known as {@code private_key_jwt}
     * (RFC 7523, section 2.2).
     *
     * @param clientId sent beside the assertion where the provider asks for it
     * @param assertion the JWT
     */
    record ClientAssertion(Optional<String> clientId, JwtAssertion assertion) implements OAuthGrant {
        public ClientAssertion {
            clientId.ifPresent(id -> Required.text("sasl.client-id", id));
            Objects.requireNonNull(assertion, "assertion");
        }

        @Override
        public Optional<String> client() {
            return clientId.or(assertion::issuer);
        }
    }

    /**
     * Grant {@code urn:ietf:params:oauth:grant-type:jwt-bearer}: a signed JWT is exchanged for the token (RFC 7523, section
     * 2.1).
     *
     * @param assertion the JWT
     */
    record JwtBearer(JwtAssertion assertion) implements OAuthGrant {
        public JwtBearer {
            Objects.requireNonNull(assertion, "assertion");
        }

        @Override
        public Optional<String> client() {
            return assertion.issuer();
        }
    }
}
