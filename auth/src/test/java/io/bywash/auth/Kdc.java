package io.bywash.auth;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kerby.kerberos.kerb.KrbException;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.apache.kerby.kerberos.kerb.type.ticket.TgtTicket;

/** A Kerberos 5 KDC inside this JVM, whose krb5.conf points to it while it runs. */
final class Kdc implements AutoCloseable {
    static final String REALM = "BYWASH.TEST";
    private static final String KRB5_CONF = "java.security.krb5.conf";

    private final SimpleKdcServer server;
    private final Path directory;

    private Kdc(SimpleKdcServer server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    static Kdc start(Path directory) throws Exception {
        SimpleKdcServer server = new SimpleKdcServer();
        server.setKdcHost("localhost");
        server.setKdcRealm(REALM);
        server.setAllowUdp(false);
        server.setKdcTcpPort(freePort());
        server.setWorkDir(directory.toFile());
        server.init();
        server.start();
        Path conf = directory.resolve("krb5.conf");
        Files.write(
                conf,
                List.of(
                        "[libdefaults]",
                        "default_realm = " + REALM,
                        "udp_preference_limit = 1",
                        "dns_lookup_kdc = false",
                        "[realms]",
                        REALM + " = {",
                        "kdc = localhost:" + server.getKdcSetting().getKdcTcpPort(),
                        "}"));
        System.setProperty(KRB5_CONF, conf.toString());
        return new Kdc(server, directory);
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Creates a principal with a random key and exports the key. */
    Path keytab(String principal) throws KrbException {
        server.createPrincipal(principal);
        Path keytab = directory.resolve(principal.replace('/', '-') + ".keytab");
        server.exportPrincipal(principal, keytab.toFile());
        return keytab;
    }

    /** Gives a principal a new key, so that keytabs exported before are of no use. */
    void changeKey(String principal) throws KrbException {
        server.getKadmin().updateKeys(principal);
    }

    /** Logs in with a keytab and leaves the tickets in a cache, as kinit does. */
    Path ticketCache(String principal, Path keytab) throws KrbException {
        TgtTicket ticket = server.getKrbClient().requestTgt(principal, keytab.toFile());
        Path cache = directory.resolve(principal + ".ccache");
        server.getKrbClient().storeTicket(ticket, cache.toFile());
        return cache;
    }

    @Override
    public void close() throws KrbException {
        System.clearProperty(KRB5_CONF);
        server.stop();
    }
}
