package io.bywash.auth;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** X.509 certificates out of PEM, and whether they are valid now. */
final class Certificates {
    private Certificates() {}

    /** The certificates of a PEM text, in order; at least one. */
    static List<X509Certificate> read(Content content) throws UnusableException {
        List<Pem.Block> blocks = Pem.blocks(content);
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem.Block block : blocks) {
            if (block.label().equals("CERTIFICATE")) {
                certificates.add(certificate(block));
            }
        }
        if (certificates.isEmpty()) {
            String found = blocks.stream().map(Pem.Block::label).distinct().collect(Collectors.joining(", "));
            throw new UnusableException(content.origin() + " holds no CERTIFICATE block, only " + found
                    + "; name the certificate file here");
        }
        return certificates;
    }

    private static X509Certificate certificate(Pem.Block block) throws UnusableException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw block.damaged();
        }
    }

    static String encode(List<X509Certificate> certificates) throws UnusableException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                pem.append(Pem.encode("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new UnusableException(
                        "the certificate " + name(certificate) + " cannot be encoded; issue it again");
            }
        }
        return pem.toString();
    }

    /** Why a certificate is not valid at this moment; empty if it is. */
    static Optional<String> notValid(X509Certificate certificate, Instant now) {
        Instant start = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of("the certificate of " + name(certificate) + " expired at " + end);
        }
        if (now.isBefore(start)) {
            return Optional.of("the certificate of " + name(certificate) + " is not valid before " + start);
        }
        return Optional.empty();
    }

    static String name(X509Certificate certificate) {
        return "'" + certificate.getSubjectX500Principal().getName() + "'";
    }
}
