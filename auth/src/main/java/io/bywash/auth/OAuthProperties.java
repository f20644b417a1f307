package io.bywash.auth;

import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.oauthbearer.ClientCredentialsJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.ClientJwtValidator;
import org.apache.kafka.common.security.oauthbearer.JwtBearerJwtRetriever;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;

/** {@link OAuthBearer}, checked, as the {@code sasl.*} properties of Kafka. */
final class OAuthProperties {
    private static final String JSON_READER = "com.fasterxml.jackson.databind.ObjectMapper";

    private OAuthProperties() {}

    static void add(OAuthBearer oauth, Draft draft) {
        String url = oauth.tokenEndpoint().toString();
        draft.opens(url);
        draft.put(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, url);
        draft.put(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, OAuthBearerLoginCallbackHandler.class.getName());
        draft.put(SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS, ClientJwtValidator.class.getName());
        requireJson(draft);
        oauth.scope().ifPresent(scope -> draft.put(SaslConfigs.SASL_OAUTHBEARER_SCOPE, scope));
        addGrant(oauth.grant(), draft);
        addJaas(oauth, draft);
    }

    /** Kafka reads tokens with Jackson, and leaves it to the application to bring it. */
    private static void requireJson(Draft draft) {
        try {
            Class.forName(JSON_READER, false, OAuthBearerLoginCallbackHandler.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            draft.problem(
                    "sasl.mechanism",
                    "OAUTHBEARER needs " + JSON_READER + ", which kafka-clients uses but does not "
                            + "bring; add com.fasterxml.jackson.core:jackson-databind 2.x to the class path");
        }
    }

    /** Kafka takes the SASL extensions and the trust in the token endpoint from the JAAS entry only. */
    private static void addJaas(OAuthBearer oauth, Draft draft) {
        JaasEntry jaas = new JaasEntry("org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule");
        oauth.extensions().forEach((name, value) -> jaas.option("extension_" + name, value));
        draft.attempt("sasl.token-endpoint-trust", () -> TrustProperties.of(oauth.endpointTrust(), draft))
                .ifPresent(trust -> trust.forEach((name, value) -> jaas.option(name, clear(value))));
        draft.put(SaslConfigs.SASL_JAAS_CONFIG, jaas.toPassword());
    }

    private static String clear(Object value) {
        return value instanceof Password password ? password.value() : (String) value;
    }

    private static void addGrant(OAuthGrant grant, Draft draft) {
        if (grant instanceof OAuthGrant.ClientSecret client) {
            useRetriever(ClientCredentialsJwtRetriever.class, draft);
            draft.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, client.clientId());
            draft.put(
                    SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET,
                    new Password(client.clientSecret().reveal()));
            draft.put(SaslConfigs.SASL_OAUTHBEARER_HEADER_URLENCODE, "true");
        } else if (grant instanceof OAuthGrant.ClientAssertion client) {
            useRetriever(ClientCredentialsJwtRetriever.class, draft);
            client.clientId().ifPresent(id -> draft.put(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, id));
            AssertionProperties.add(client.assertion(), draft);
        } else {
            useRetriever(JwtBearerJwtRetriever.class, draft);
            AssertionProperties.add(((OAuthGrant.JwtBearer) grant).assertion(), draft);
        }
    }

    private static void useRetriever(Class<?> retriever, Draft draft) {
        draft.put(SaslConfigs.SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS, retriever.getName());
    }
}
