package io.bywash.auth;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * GSSAPI: Kerberos 5. Realms and KDCs come from the JVM's {@code krb5.conf} ({@code java.security.krb5.conf}).
 *
 * @param serviceName the first part of the brokers' principals, usually {@code kafka}; not blank
 * @param credential what to log in with
 */
public record Gssapi(String serviceName, Credential credential) implements SaslSettings {
    public Gssapi {
        Required.text("sasl.service-name", serviceName);
        Objects.requireNonNull(credential, "credential");
    }

    @Override
    public String mechanism() {
        return "GSSAPI";
    }

    @Override
    public Optional<String> principal() {
        return credential.principal();
    }

    /** What the JVM logs in to Kerberos with. */
    public sealed interface Credential {

        /** The principal to log in as; empty for the one that owns the ticket cache. */
        Optional<String> principal();
    }

    /**
     * A long-term key, which Kafka renews tickets with.
     *
     * @param file the keytab
     * @param name the principal, such as {@code billing@EXAMPLE.COM}; without a realm, the default realm of krb5.conf
     */
    public record Keytab(Path file, String name) implements Credential {
        public Keytab {
            Objects.requireNonNull(file, "file");
            Required.text("sasl.principal", name);
        }

        @Override
        public Optional<String> principal() {
            return Optional.of(name);
        }
    }

    /**
     * Tickets that {@code kinit} fetched; Kafka renews them with {@code kinit -R} as long as the KDC allows.
     *
     * @param file the cache; empty for the default one of the user ({@code KRB5CCNAME} or {@code /tmp/krb5cc_<uid>})
     * @param principal whose ticket to take; empty for the owner of the cache
     */
    public record TicketCache(Optional<Path> file, Optional<String> principal) implements Credential {
        public TicketCache {
            Objects.requireNonNull(file, "file");
            principal.ifPresent(name -> Required.text("sasl.principal", name));
        }
    }
}
