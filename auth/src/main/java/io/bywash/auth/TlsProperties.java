package io.bywash.auth;

import java.util.Collections;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.SslConfigs;

/** {@link TlsSettings}, checked, as the {@code ssl.*} properties of Kafka. */
final class TlsProperties {
    private TlsProperties() {}

    static void add(TlsSettings tls, Draft draft) {
        draft.attempt("tls.trust", () -> TrustProperties.of(tls.trust(), draft)).ifPresent(draft::putAll);
        tls.identity().ifPresent(identity -> IdentityProperties.add(identity, draft));
        draft.put(
                SslConfigs.SSL_PROTOCOL_CONFIG, Collections.max(tls.versions()).protocol());
        draft.put(
                SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG,
                tls.versions().stream().map(TlsVersion::protocol).collect(Collectors.joining(",")));
        draft.put(
                SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
                tls.hostnameCheck() == HostnameCheck.ENFORCED ? "https" : "");
        if (tls.hostnameCheck() == HostnameCheck.OFF) {
            draft.warn(
                    "The hostname check is off: whoever holds a certificate of a trusted authority can pose as a broker");
        }
    }
}
