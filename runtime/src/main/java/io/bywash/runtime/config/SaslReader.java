package io.bywash.runtime.config;

import io.bywash.auth.Gssapi;
import io.bywash.auth.JwtAssertion;
import io.bywash.auth.OAuthBearer;
import io.bywash.auth.OAuthGrant;
import io.bywash.auth.Plain;
import io.bywash.auth.SaslSettings;
import io.bywash.auth.Scram;
import io.bywash.auth.Secret;
import io.bywash.auth.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code auth.sasl}. Which keys are known depends on the mechanism. */
final class SaslReader {
    private static final Form<String> MECHANISM =
            new Form<>("one of PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER, GSSAPI", SaslReader::knownMechanism);

    private final Section sasl;
    private final String mechanism;

    private SaslReader(Section sasl, String mechanism) {
        this.sasl = sasl;
        this.mechanism = mechanism;
    }

    static Optional<SaslSettings> read(Section sasl) {
        Optional<String> mechanism = sasl.read("mechanism", MECHANISM);
        if (mechanism.isEmpty()) {
            sasl.know(sasl.keys());
            if (!sasl.has("mechanism")) {
                sasl.reject("mechanism", "is missing; it must be " + MECHANISM.expected());
            }
            return Optional.empty();
        }
        return new SaslReader(sasl, mechanism.get()).settings();
    }

    private static String knownMechanism(String text) {
        return switch (text) {
            case "PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI" -> text;
            default -> throw new IllegalArgumentException("no such mechanism: " + text);
        };
    }

    private Optional<SaslSettings> settings() {
        return switch (mechanism) {
            case "PLAIN" -> user().map(user -> new Plain(user.name(), user.password()));
            case "SCRAM-SHA-256" -> scram(Scram.Hash.SHA_256);
            case "SCRAM-SHA-512" -> scram(Scram.Hash.SHA_512);
            case "GSSAPI" -> gssapi();
            default -> oauth();
        };
    }

    private Optional<SaslSettings> scram(Scram.Hash hash) {
        return user().map(user -> new Scram(hash, user.name(), user.password()));
    }

    private Optional<User> user() {
        Optional<String> name = required(sasl, "username", Form.TEXT);
        Optional<Secret> password =
                SecretReader.required(sasl, "password", SecretReader.read(sasl, "password"), mechanism);
        return name.flatMap(text -> password.map(secret -> new User(text, secret)));
    }

    private Optional<SaslSettings> gssapi() {
        String service = sasl.read("service-name", Form.TEXT).orElse("kafka");
        Optional<String> principal = sasl.read("principal", Form.TEXT);
        Optional<Path> keytab = sasl.read("keytab", Form.PATH);
        Optional<Path> cache = sasl.read("ticket-cache", Form.PATH);
        if (keytab.isEmpty()) {
            return Optional.of(new Gssapi(service, new Gssapi.TicketCache(cache, principal)));
        }
        if (cache.isPresent()) {
            sasl.reject("ticket-cache", "stands beside keytab; keep one of them");
            return Optional.empty();
        }
        return required(sasl, "principal", Form.TEXT)
                .map(name -> new Gssapi(service, new Gssapi.Keytab(keytab.get(), name)));
    }

    private Optional<SaslSettings> oauth() {
        Optional<URI> endpoint = required(sasl, "token-endpoint", new Form<>("an absolute URL", URI::create));
        Optional<String> scope = sasl.read("scope", Form.TEXT);
        Map<String, String> extensions = new TreeMap<>();
        sasl.section("extensions").leaves().forEach((name, setting) -> extensions.put(name, setting.text()));
        Trust trust =
                sasl.read("token-endpoint-trust", TlsReader.PEM).map(Trust::pem).orElseGet(Trust::system);
        Optional<OAuthGrant> grant = grant();
        return endpoint.flatMap(url -> grant.map(given -> new OAuthBearer(url, given, scope, extensions, trust)));
    }

    private Optional<OAuthGrant> grant() {
        Grant grant = sasl.read("grant", Form.choice(Grant.class)).orElse(Grant.CLIENT_CREDENTIALS);
        if (grant == Grant.JWT_BEARER) {
            return assertion().map(OAuthGrant.JwtBearer::new);
        }
        if (sasl.has("assertion")) {
            Optional<String> client = sasl.read("client-id", Form.TEXT);
            return assertion().map(assertion -> new OAuthGrant.ClientAssertion(client, assertion));
        }
        Optional<String> id = required(sasl, "client-id", Form.TEXT);
        Optional<Secret> secret =
                SecretReader.required(sasl, "client-secret", SecretReader.read(sasl, "client-secret"), mechanism);
        return id.flatMap(client -> secret.map(value -> new OAuthGrant.ClientSecret(client, value)));
    }

    private Optional<JwtAssertion> assertion() {
        Section assertion = sasl.section("assertion");
        Optional<Path> file = assertion.read("file", Form.PATH);
        if (file.isPresent()) {
            return file.map(JwtAssertion.Prepared::new);
        }
        if (!assertion.has("key")) {
            assertion.reject("needs either file, which holds a signed JWT, or key, to sign one with");
            return Optional.empty();
        }
        Optional<Path> key = assertion.read("key", Form.PATH);
        Optional<Secret> password = SecretReader.read(assertion, "key-password");
        JwtAssertion.Algorithm algorithm = assertion
                .read("algorithm", new Form<>("RS256 or ES256", JwtAssertion.Algorithm::valueOf))
                .orElse(JwtAssertion.Algorithm.RS256);
        Optional<Path> template = assertion.read("template", Form.PATH);
        Optional<JwtAssertion.Claims> claims = claims(assertion);
        return key.flatMap(
                path -> claims.map(given -> new JwtAssertion.Signed(algorithm, path, password, given, template)));
    }

    private Optional<JwtAssertion.Claims> claims(Section assertion) {
        Optional<String> issuer = required(assertion, "issuer", Form.TEXT);
        Optional<String> subject = required(assertion, "subject", Form.TEXT);
        Optional<String> audience = required(assertion, "audience", Form.TEXT);
        boolean complete = issuer.isPresent() && subject.isPresent() && audience.isPresent();
        return complete
                ? Optional.of(new JwtAssertion.Claims(issuer.get(), subject.get(), audience.get()))
                : Optional.empty();
    }

    private <T> Optional<T> required(Section section, String key, Form<T> form) {
        if (!section.has(key)) {
            section.reject(key, "is missing; " + mechanism + " needs it");
            return Optional.empty();
        }
        return section.read(key, form);
    }

    private enum Grant {
        CLIENT_CREDENTIALS,
        JWT_BEARER
    }

    private record User(String name, Secret password) {}
}
