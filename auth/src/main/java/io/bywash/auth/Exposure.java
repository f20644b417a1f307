package io.bywash.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * A credential that would cross the network readable.
 *
 * @param setting the setting that sends it
 * @param danger what is sent, and to whom
 */
record Exposure(String setting, String danger) {

    static List<Exposure> of(AuthSettings settings) {
        List<Exposure> exposures = new ArrayList<>();
        SaslSettings sasl = settings.sasl().orElse(null);
        if (settings.tls().isEmpty() && (sasl instanceof Plain || sasl instanceof OAuthBearer)) {
            String what = sasl instanceof Plain ? "the password" : "access tokens";
            exposures.add(new Exposure(
                    "sasl.mechanism",
                    sasl.mechanism() + " without TLS sends " + what + " readable to anyone on the way to the brokers"));
        }
        if (sasl instanceof OAuthBearer oauth && oauth.sendsCleartext()) {
            exposures.add(new Exposure(
                    "sasl.token-endpoint",
                    oauth.tokenEndpoint()
                            + " is not https: credentials and tokens are readable to anyone on the way to it"));
        }
        return exposures;
    }

    void judge(CleartextCredentials choice, Draft draft) {
        if (choice == CleartextCredentials.ALLOWED) {
            draft.warn(danger);
        } else {
            draft.problem(setting, danger + "; use TLS, or allow cleartext credentials on a network that may see them");
        }
    }
}
