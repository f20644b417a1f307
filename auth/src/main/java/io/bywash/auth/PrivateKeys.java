package io.bywash.auth;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Private keys out of PEM. */
final class PrivateKeys {
    /** The keys Kafka's own PEM reader accepts. */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "DSA");

    private PrivateKeys() {}

    /** The one private key of a PEM text, decrypted. */
    static PrivateKey read(Content content, Optional<Secret> password) throws UnusableException {
        Pem.Block block = block(content);
        PKCS8EncodedKeySpec spec =
                block.label().equals("ENCRYPTED PRIVATE KEY") ? decrypt(block, password) : plain(block, password);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // a key of another algorithm, or none at all
            } catch (GeneralSecurityException e) {
                throw new UnusableException(
                        "this JVM cannot read " + algorithm + " keys; use a JDK with the standard providers");
            }
        }
        throw new UnusableException(content.origin() + " holds a damaged key, or one that is not RSA, EC or DSA, "
                + "the only ones Kafka reads from PEM; issue an RSA or EC key");
    }

    static Pem.Block block(Content content) throws UnusableException {
        List<Pem.Block> keys = Pem.blocks(content).stream()
                .filter(block -> block.label().endsWith("PRIVATE KEY"))
                .toList();
        if (keys.size() != 1) {
            throw new UnusableException(content.origin() + " holds " + keys.size()
                    + " private keys where one is needed; name the file with the client's key");
        }
        refuseUnsupportedFormat(keys.get(0));
        return keys.get(0);
    }

    static String encode(PrivateKey key) {
        return Pem.encode("PRIVATE KEY", key.getEncoded());
    }

    private static void refuseUnsupportedFormat(Pem.Block block) throws UnusableException {
        String found = block.origin() + " holds a key in the format 'BEGIN " + block.label()
                + "', and Kafka reads only PKCS#8 ('BEGIN PRIVATE KEY'); convert it: ";
        switch (block.label()) {
            case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY" -> {}
            case "OPENSSH PRIVATE KEY" ->
                throw new UnusableException(found + "on a copy of the file, ssh-keygen -p -m PKCS8 -f COPY");
            default ->
                throw new UnusableException(
                        found + "openssl pkcs8 -topk8 -nocrypt -in " + block.origin() + " -out client.pkcs8.pem");
        }
    }

    private static PKCS8EncodedKeySpec plain(Pem.Block block, Optional<Secret> password) throws UnusableException {
        if (password.isPresent()) {
            throw new UnusableException(block.origin()
                    + " holds a key that is not encrypted, yet a key password is set; remove the password");
        }
        return new PKCS8EncodedKeySpec(block.der());
    }

    private static PKCS8EncodedKeySpec decrypt(Pem.Block block, Optional<Secret> password) throws UnusableException {
        Secret opener = password.orElseThrow(
                () -> new UnusableException(block.origin() + " holds an encrypted key; set the key password"));
        EncryptedPrivateKeyInfo info = encryptedInfo(block);
        PBEKeySpec spec = new PBEKeySpec(opener.reveal().toCharArray());
        try {
            String algorithm = cipherName(info);
            SecretKey secret = SecretKeyFactory.getInstance(algorithm).generateSecret(spec);
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
            return info.getKeySpec(cipher);
        } catch (InvalidKeySpecException e) {
            throw new UnusableException("the key password does not open the key in " + block.origin() + opener.hint()
                    + "; correct the password, or encrypt the key again");
        } catch (GeneralSecurityException e) {
            throw unknownEncryption(block);
        } finally {
            spec.clearPassword();
        }
    }

    private static EncryptedPrivateKeyInfo encryptedInfo(Pem.Block block) throws UnusableException {
        try {
            return new EncryptedPrivateKeyInfo(block.der());
        } catch (IOException e) {
            throw unknownEncryption(block);
        }
    }

    /** Before JDK 19 a PBES2 key, which is what openssl writes, tells its cipher only through its parameters. */
    private static String cipherName(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        return name.equals("PBES2") ? info.getAlgParameters().toString() : name;
    }

    private static UnusableException unknownEncryption(Pem.Block block) {
        return new UnusableException(
                block.origin() + " holds an encrypted key that is damaged or encrypted in a way this JVM "
                        + "does not know; encrypt it again: openssl pkcs8 -topk8 -v2 aes-256-cbc -in " + block.origin()
                        + " -out client.pkcs8.pem");
    }

    /** Whether the two are halves of one pair. */
    static boolean match(PrivateKey key, PublicKey publicKey) throws UnusableException {
        if (key instanceof RSAKey rsa && publicKey instanceof RSAKey rsaPublic) {
            return rsa.getModulus().equals(rsaPublic.getModulus());
        }
        return key.getAlgorithm().equals(publicKey.getAlgorithm()) && verifiesWhatKeySigns(key, publicKey);
    }

    private static boolean verifiesWhatKeySigns(PrivateKey key, PublicKey publicKey) throws UnusableException {
        byte[] challenge = new byte[32];
        new SecureRandom().nextBytes(challenge);
        try {
            Signature signature = Signature.getInstance(signatureName(key.getAlgorithm()));
            signature.initSign(key);
            signature.update(challenge);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(challenge);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new UnusableException(
                    "the " + key.getAlgorithm() + " key cannot sign in this JVM; issue an RSA or EC key");
        }
    }

    private static String signatureName(String keyAlgorithm) {
        return switch (keyAlgorithm) {
            case "EC" -> "SHA256withECDSA";
            case "DSA" -> "SHA256withDSA";
            default -> keyAlgorithm;
        };
    }
}
