package io.bywash.auth;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * OAUTHBEARER: the client fetches access tokens from an OAuth 2 / OIDC token endpoint, renews them before they expire, and
 * shows them to the brokers.
 *
 * @param tokenEndpoint an absolute {@code https} URL ({@code http} only with {@link CleartextCredentials#ALLOWED}),
 *     without user, fragment or comma
 * @param grant what the endpoint gives a token for
 * @param scope the scopes to ask for, separated by spaces
 * @param extensions SASL extensions the brokers expect beside the token: ASCII letters to printable ASCII
 * @param endpointTrust who may vouch for the token endpoint
 */
public record OAuthBearer(
        URI tokenEndpoint,
        OAuthGrant grant,
        Optional<String> scope,
        Map<String, String> extensions,
        Trust endpointTrust)
        implements SaslSettings {

    public OAuthBearer {
        Objects.requireNonNull(grant, "grant");
        Objects.requireNonNull(endpointTrust, "endpointTrust");
        refuseUnusableEndpoint(tokenEndpoint);
        scope.ifPresent(text -> Required.text("sasl.scope", text));
        extensions = Map.copyOf(extensions);
        extensions.forEach(OAuthBearer::refuseUnusableExtension);
    }

    /** Asks this endpoint, checked against the authorities the JVM trusts, without scope or extensions. */
    public static OAuthBearer from(URI tokenEndpoint, OAuthGrant grant) {
        return new OAuthBearer(tokenEndpoint, grant, Optional.empty(), Map.of(), Trust.system());
    }

    /** The same, asking for these scopes. */
    public OAuthBearer withScope(String scopes) {
        return new OAuthBearer(tokenEndpoint, grant, Optional.of(scopes), extensions, endpointTrust);
    }

    /** The same, sending these extensions to the brokers. */
    public OAuthBearer withExtensions(Map<String, String> sent) {
        return new OAuthBearer(tokenEndpoint, grant, scope, sent, endpointTrust);
    }

    /** The same, with these authorities vouching for the endpoint. */
    public OAuthBearer withEndpointTrust(Trust trust) {
        return new OAuthBearer(tokenEndpoint, grant, scope, extensions, trust);
    }

    @Override
    public String mechanism() {
        return "OAUTHBEARER";
    }

    @Override
    public Optional<String> principal() {
        return grant.client();
    }

    boolean sendsCleartext() {
        return tokenEndpoint.getScheme().equalsIgnoreCase("http");
    }

    private static void refuseUnusableEndpoint(URI endpoint) {
        String scheme = String.valueOf(endpoint.getScheme());
        if ((!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) || endpoint.getHost() == null) {
            throw refusedEndpoint("has no http(s) scheme or no host");
        }
        if (endpoint.getRawUserInfo() != null || endpoint.getRawFragment() != null) {
            throw refusedEndpoint("carries a user or a fragment, which a token request does not send");
        }
        if (endpoint.toString().indexOf(',') >= 0) {
            throw refusedEndpoint("contains a comma, which separates the URLs a Kafka client may open (write it %2C)");
        }
    }

    private static InvalidAuthException refusedEndpoint(String why) {
        // the URL itself stays out of the message: its user part may be a password
        return new InvalidAuthException(
                "sasl.token-endpoint", why + "; give an absolute URL such as https://login.example.com/oauth2/token");
    }

    private static void refuseUnusableExtension(String name, String value) {
        if (!name.matches("[A-Za-z]+") || name.equals("auth")) {
            throw new InvalidAuthException(
                    "sasl.extensions",
                    "'" + name
                            + "' is no name of a SASL extension; use ASCII letters only, and not the reserved 'auth'");
        }
        if (!value.matches("[ -~]+")) {
            throw new InvalidAuthException(
                    "sasl.extensions",
                    "'" + name + "' has a value that is empty or not printable ASCII; SASL carries no other");
        }
    }
}
