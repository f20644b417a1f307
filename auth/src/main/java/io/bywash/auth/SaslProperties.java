package io.bywash.auth;

import java.nio.file.Path;
import java.util.Optional;
import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.kerberos.KeyTab;
import org.apache.kafka.common.config.SaslConfigs;

/** {@link SaslSettings}, checked, as the {@code sasl.*} properties of Kafka. */
final class SaslProperties {
    private SaslProperties() {}

    static void add(SaslSettings sasl, Draft draft) {
        draft.put(SaslConfigs.SASL_MECHANISM, sasl.mechanism());
        if (sasl instanceof Plain plain) {
            addPassword(
                    "org.apache.kafka.common.security.plain.PlainLoginModule",
                    plain.username(),
                    plain.password(),
                    draft);
        } else if (sasl instanceof Scram scram) {
            addPassword(
                    "org.apache.kafka.common.security.scram.ScramLoginModule",
                    scram.username(),
                    scram.password(),
                    draft);
        } else if (sasl instanceof OAuthBearer oauth) {
            OAuthProperties.add(oauth, draft);
        } else {
            addKerberos((Gssapi) sasl, draft);
        }
    }

    private static void addPassword(String loginModule, String username, Secret password, Draft draft) {
        JaasEntry jaas = new JaasEntry(loginModule).option("username", username).option("password", password.reveal());
        draft.put(SaslConfigs.SASL_JAAS_CONFIG, jaas.toPassword());
    }

    private static void addKerberos(Gssapi gssapi, Draft draft) {
        // the JVM reads krb5.conf once, at the latest for the checks here; the login is to see what it says by then
        JaasEntry jaas = new JaasEntry("com.sun.security.auth.module.Krb5LoginModule")
                .option("doNotPrompt", "true")
                .option("refreshKrb5Config", "true");
        gssapi.principal().ifPresent(name -> jaas.option("principal", name));
        if (gssapi.credential() instanceof Gssapi.Keytab keytab) {
            draft.attempt("sasl.keytab", () -> checked(keytab))
                    .ifPresent(file -> jaas.option("useKeyTab", "true")
                            .option("storeKey", "true")
                            .option("keyTab", file));
        } else {
            jaas.option("useTicketCache", "true");
            Optional<Path> cache = ((Gssapi.TicketCache) gssapi.credential()).file();
            cache.flatMap(file -> draft.attempt("sasl.ticket-cache", () -> Content.read(file)))
                    .ifPresent(content -> jaas.option("ticketCache", content.origin()));
        }
        draft.put(SaslConfigs.SASL_KERBEROS_SERVICE_NAME, gssapi.serviceName());
        draft.put(SaslConfigs.SASL_JAAS_CONFIG, jaas.toPassword());
    }

    private static String checked(Gssapi.Keytab keytab) throws UnusableException {
        String file = Content.read(keytab.file()).origin();
        KerberosPrincipal principal = principal(keytab.name());
        if (KeyTab.getInstance(keytab.file().toFile()).getKeys(principal).length == 0) {
            throw new UnusableException(file + " holds no key for " + principal
                    + " that this JVM can use, or is no keytab; compare with: klist -k -e " + file);
        }
        return file;
    }

    private static KerberosPrincipal principal(String name) throws UnusableException {
        try {
            return new KerberosPrincipal(name);
        } catch (IllegalArgumentException e) {
            throw new UnusableException(
                    "'" + name + "' is no Kerberos principal, or lacks a realm while krb5.conf names no "
                            + "default one; write it as name@REALM");
        }
    }
}
