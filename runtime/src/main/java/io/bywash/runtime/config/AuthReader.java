package io.bywash.runtime.config;

import io.bywash.auth.AuthProblem;
import io.bywash.auth.AuthSettings;
import io.bywash.auth.CleartextCredentials;
import io.bywash.auth.InvalidAuthException;
import io.bywash.auth.SaslSettings;
import io.bywash.auth.TlsSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads {@code auth} blocks. A consumer's {@code tls} or {@code sasl} takes the place of the common one as a whole: settings of two
 * mechanisms or two key stores must never mix.
 */
final class AuthReader {
    private final Section common;

    AuthReader(Section common) {
        this.common = common;
    }

    /** Reads the block of all consumers. */
    Optional<AuthSettings> read() {
        return read(common);
    }

    /** Reads the block of one consumer; what it does not say, the common one does. */
    Optional<AuthSettings> read(Section own) {
        own.section("tls");
        own.section("sasl");
        Section tlsFrom = own.keys().contains("tls") ? own : common;
        Section saslFrom = own.keys().contains("sasl") ? own : common;
        Section cleartextFrom = own.has("cleartext-credentials") ? own : common;
        CleartextCredentials cleartext = cleartextFrom
                .read("cleartext-credentials", Form.choice(CleartextCredentials.class))
                .orElse(CleartextCredentials.REFUSED);
        Part<TlsSettings> tls = part(tlsFrom, "tls", TlsReader::read);
        Part<SaslSettings> sasl = part(saslFrom, "sasl", SaslReader::read);
        if (!tls.given() && !sasl.given()) {
            return Optional.empty();
        }
        if (tls.failed()) {
            // Without its TLS half, what is said about SASL would be about something nobody configured.
            return Optional.empty();
        }
        AuthSettings settings = new AuthSettings(tls.value(), sasl.value(), cleartext);
        report(settings.check(), tlsFrom, saslFrom);
        return Optional.of(settings);
    }

    private static <T> Part<T> part(Section from, String key, Function<Section, Optional<T>> reader) {
        if (!from.has(key)) {
            return new Part<>(Optional.empty(), Optional.empty());
        }
        try {
            return new Part<>(Optional.of(key), reader.apply(from.section(key)));
        } catch (InvalidAuthException e) {
            report(e.problems(), from, from);
            return new Part<>(Optional.of(key), Optional.empty());
        }
    }

    private static void report(List<AuthProblem> found, Section tlsFrom, Section saslFrom) {
        for (AuthProblem problem : found) {
            Section from = problem.setting().startsWith("tls.") ? tlsFrom : saslFrom;
            boolean inStore = problem.setting().equals("tls.trust")
                    && !from.section("tls").has("trust");
            from.reject(inStore ? "tls.trust-store" : problem.setting(), problem.message());
        }
    }

    /** One half of the block, if its key is given, and what was read from it, if that could be done. */
    private record Part<T>(Optional<String> key, Optional<T> value) {
        boolean given() {
            return key.isPresent();
        }

        boolean failed() {
            return given() && value.isEmpty();
        }
    }
}
