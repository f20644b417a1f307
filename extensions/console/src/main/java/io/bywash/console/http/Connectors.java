package io.bywash.console.http;

import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.settings.KeyStoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Optional;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Makes what listens, with TLS or without.
 *
 * @param settings where
 * @param certificate what to show, opened and not expired
 */
record Connectors(ConsoleSettings settings, Optional<KeyStore> certificate) {
    /** How long a connection may neither send nor take anything. */
    private static final int IDLE_MILLIS = 30_000;

    static Connectors of(ConsoleSettings settings) throws IOException {
        return settings.tls().isPresent()
                ? new Connectors(settings, Optional.of(open(settings.tls().get())))
                : new Connectors(settings, Optional.empty());
    }

    Connector connector(Server server, HttpConfiguration http) {
        http.setSendServerVersion(false);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector;
        if (certificate.isPresent()) {
            // Whether the host is right is the gate's business; it knows names that no certificate has.
            http.addCustomizer(new SecureRequestCustomizer(false));
            connector = new ServerConnector(
                    server, 1, 2, new SslConnectionFactory(tls(certificate.get()), "http/1.1"), plain);
        } else {
            connector = new ServerConnector(server, 1, 2, plain);
        }
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        return connector;
    }

    private SslContextFactory.Server tls(KeyStore store) {
        SslContextFactory.Server factory = new SslContextFactory.Server();
        factory.setKeyStore(store);
        factory.setKeyStorePassword(settings.tls().orElseThrow().password().reveal());
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        return factory;
    }

    private static KeyStore open(KeyStoreFile file) throws IOException {
        Path path = file.path();
        if (!Files.isReadable(path)) {
            throw new IOException(
                    "the key store " + path + " of bywash.console.tls cannot be read; correct the path or its rights");
        }
        try {
            KeyStore store =
                    KeyStore.getInstance(path.toFile(), file.password().reveal().toCharArray());
            requireValid(path, store);
            return store;
        } catch (UnusableCertificateException e) {
            throw e;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    "the key store " + path
                            + " of bywash.console.tls does not open; give a PKCS12 or JKS file and its password",
                    e);
        }
    }

    private static void requireValid(Path path, KeyStore store) throws GeneralSecurityException, IOException {
        boolean found = false;
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                found = true;
                requireInTime(path, certificate);
            }
        }
        if (!found) {
            throw new UnusableCertificateException("the key store " + path
                    + " of bywash.console.tls has no private key with a certificate; give the one that has");
        }
    }

    private static void requireInTime(Path path, X509Certificate certificate) throws UnusableCertificateException {
        Date now = new Date();
        if (now.after(certificate.getNotAfter()) || now.before(certificate.getNotBefore())) {
            throw new UnusableCertificateException(
                    "the certificate of " + certificate.getSubjectX500Principal() + " in " + path
                            + " is valid from " + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant() + " and not now; put a new one there and restart");
        }
    }

    /** Says all there is to say. */
    private static final class UnusableCertificateException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableCertificateException(String message) {
            super(message);
        }
    }
}
