package io.bywash.console.settings;

import io.bywash.auth.Secret;
import java.nio.file.Path;

/**
 * The certificate that the console shows.
 *
 * @param path a PKCS12 or JKS file with one private key and its certificates
 * @param password opens the file and the key
 */
public record KeyStoreFile(Path path, Secret password) {}
