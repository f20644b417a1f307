package io.bywash.console.settings;

import io.bywash.auth.Secret;
import io.bywash.runtime.config.Form;
import io.bywash.runtime.config.SecretReader;
import io.bywash.runtime.config.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@code bywash.console}. */
public final class ConsoleReader {
    private static final int HIGHEST_PORT = 65_535;
    private static final Form<Integer> PORT = new Form<>("a port from 1 to 65535, or 0 for any that is free", text -> {
        int port = Integer.parseInt(text);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(text);
        }
        return port;
    });
    private static final Form<Boolean> YES_OR_NO = new Form<>("true or false", text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException(text);
    });

    private ConsoleReader() {}

    /**
     * Reads the settings. What is wrong is reported to the section.
     *
     * @param section the object {@code bywash.console}
     * @return the settings
     */
    public static ConsoleSettings read(Section section) {
        Map<String, User> users = users(section.section("users"));
        Optional<KeyStoreFile> tls = tls(section.section("tls"));
        ConsoleSettings otherwise = ConsoleSettings.DEFAULT;
        return section.build(
                () -> new ConsoleSettings(
                        section.read("host", Form.TEXT).orElse(otherwise.host()),
                        section.read("port", PORT).orElse(otherwise.port()),
                        section.readAll("names", Form.TEXT).orElse(List.of()),
                        section.read("show-records", YES_OR_NO).orElse(false)
                                ? ConsoleSettings.Contents.SHOWN
                                : ConsoleSettings.Contents.HIDDEN,
                        users,
                        tls),
                otherwise);
    }

    private static Map<String, User> users(Section all) {
        Map<String, User> users = new TreeMap<>();
        for (String name : all.keys()) {
            Section one = all.section(name);
            Role role = one.read("role", Form.choice(Role.class)).orElse(Role.READ);
            Optional<Secret> password =
                    SecretReader.required(one, "password", SecretReader.read(one, "password"), "user " + name);
            if (name.contains(":")) {
                one.reject("has a colon in its name, which HTTP does not allow; name the user without it");
            } else if (password.filter(secret -> secret.reveal().isEmpty()).isPresent()) {
                one.reject("password", "is empty; set one that nobody guesses");
            } else {
                password.ifPresent(secret -> users.put(name, new User(name, secret, role)));
            }
        }
        return users;
    }

    private static Optional<KeyStoreFile> tls(Section section) {
        Optional<Path> store = section.read("key-store", Form.PATH);
        Optional<Secret> password = SecretReader.read(section, "key-store-password");
        if (store.isEmpty()) {
            if (section.isGiven() && !section.has("key-store")) {
                section.reject("key-store", "is missing; name a PKCS12 file with the certificate and its key");
            }
            return Optional.empty();
        }
        return SecretReader.required(section, "key-store-password", password, "key-store")
                .map(secret -> new KeyStoreFile(store.get(), secret));
    }
}
