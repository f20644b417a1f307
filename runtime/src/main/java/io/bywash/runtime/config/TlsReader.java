package io.bywash.runtime.config;

import io.bywash.auth.HostnameCheck;
import io.bywash.auth.Identity;
import io.bywash.auth.PemSource;
import io.bywash.auth.Secret;
import io.bywash.auth.TlsSettings;
import io.bywash.auth.TlsVersion;
import io.bywash.auth.Trust;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code auth.tls}. */
final class TlsReader {
    private static final Form<TlsVersion> VERSION = new Form<>("TLSv1.2 or TLSv1.3", TlsReader::version);
    static final Form<PemSource> PEM = new Form<>("a PEM file, or its text", TlsReader::pem);

    private TlsReader() {}

    static Optional<TlsSettings> read(Section tls) {
        Optional<Trust> trust = trust(tls);
        Set<TlsVersion> versions = tls.readAll("versions", VERSION)
                .map(list -> list.isEmpty() ? EnumSet.noneOf(TlsVersion.class) : EnumSet.copyOf(list))
                .orElseGet(() -> EnumSet.allOf(TlsVersion.class));
        HostnameCheck check =
                tls.read("hostname-check", Form.choice(HostnameCheck.class)).orElse(HostnameCheck.ENFORCED);
        Optional<Identity> identity = identity(tls);
        boolean complete = trust.isPresent() && identity.isPresent() == wantsIdentity(tls);
        return complete ? Optional.of(new TlsSettings(trust.get(), identity, versions, check)) : Optional.empty();
    }

    private static Optional<Trust> trust(Section tls) {
        Optional<PemSource> pem = tls.read("trust", PEM);
        Optional<Path> store = tls.read("trust-store", Form.PATH);
        Optional<Secret> password = SecretReader.read(tls, "trust-store-password");
        if (pem.isPresent() && store.isPresent()) {
            tls.reject("trust-store", "stands beside trust; keep one of them");
            return Optional.empty();
        }
        if (store.isPresent()) {
            return Optional.of(new Trust.Store(store.get(), password));
        }
        if (password.isPresent()) {
            tls.reject("trust-store-password", "is given without trust-store; name the store it opens");
            return Optional.empty();
        }
        if (tls.has("trust") && pem.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(pem.map(Trust::pem).orElseGet(Trust::system));
    }

    private static boolean wantsIdentity(Section tls) {
        return tls.has("certificate") || tls.has("key") || tls.has("key-store");
    }

    private static Optional<Identity> identity(Section tls) {
        Optional<PemSource> certificate = tls.read("certificate", PEM);
        Optional<PemSource> key = tls.read("key", PEM);
        Optional<Path> store = tls.read("key-store", Form.PATH);
        Optional<Secret> storePassword = SecretReader.read(tls, "key-store-password");
        Optional<Secret> keyPassword = SecretReader.read(tls, "key-password");
        if (store.isPresent() && (certificate.isPresent() || key.isPresent())) {
            tls.reject("key-store", "stands beside certificate and key; keep the one or the others");
            return Optional.empty();
        }
        if (store.isPresent()) {
            return SecretReader.required(tls, "key-store-password", storePassword, "key-store")
                    .map(password -> new Identity.Store(store.get(), password, keyPassword));
        }
        if (certificate.isPresent() != key.isPresent()) {
            String missing = certificate.isPresent() ? "key" : "certificate";
            tls.reject(missing, "is missing; a certificate and its key are given together");
            return Optional.empty();
        }
        return certificate.map(chain -> new Identity.Pem(chain, key.get(), keyPassword));
    }

    private static PemSource pem(String text) {
        return text.contains("-----BEGIN") ? PemSource.inline(text) : PemSource.file(Path.of(text));
    }

    private static TlsVersion version(String text) {
        Map<String, TlsVersion> byName = new LinkedHashMap<>();
        Arrays.stream(TlsVersion.values()).forEach(version -> byName.put(version.protocol(), version));
        return Optional.ofNullable(byName.get(text)).orElseThrow(IllegalArgumentException::new);
    }
}
