package io.bywash.auth;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How to speak TLS with the brokers.
 *
 * @param trust who may vouch for a broker
 * @param identity what to show to brokers that ask for a certificate, if anything
 * @param versions the versions to offer; at least one
 * @param hostnameCheck whether the broker's certificate must name its host
 */
public record TlsSettings(
        Trust trust, Optional<Identity> identity, Set<TlsVersion> versions, HostnameCheck hostnameCheck) {

    public TlsSettings {
        Objects.requireNonNull(trust, "trust");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(hostnameCheck, "hostnameCheck");
        if (versions.isEmpty()) {
            throw new InvalidAuthException("tls.versions", "is empty; allow TLSv1.2, TLSv1.3 or, better, both");
        }
        versions = Collections.unmodifiableSet(EnumSet.copyOf(versions));
    }

    /** Trusts these authorities, shows no certificate, offers TLS 1.2 and 1.3, and checks host names. */
    public static TlsSettings trusting(Trust trust) {
        return new TlsSettings(trust, Optional.empty(), EnumSet.allOf(TlsVersion.class), HostnameCheck.ENFORCED);
    }

    /** The same, showing this identity. */
    public TlsSettings withIdentity(Identity shown) {
        return new TlsSettings(trust, Optional.of(shown), versions, hostnameCheck);
    }

    /** The same, offering these versions only. */
    public TlsSettings withVersions(Set<TlsVersion> offered) {
        return new TlsSettings(trust, identity, offered, hostnameCheck);
    }

    /** The same, with this check of host names. */
    public TlsSettings withHostnameCheck(HostnameCheck check) {
        return new TlsSettings(trust, identity, versions, check);
    }
}
