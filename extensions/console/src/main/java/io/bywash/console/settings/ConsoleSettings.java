package io.bywash.console.settings;

import io.bywash.core.settings.InvalidSettingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the console is told.
 *
 * @param host the address to listen on. Everybody on this machine reaches a loopback address; any other needs users and TLS
 * @param port 1 to 65535, or 0 for any that is free
 * @param names host names by which browsers reach it, beside {@code host} itself
 * @param contents whether keys and values of dead letters are sent
 * @param users who may log in, by name; empty if nobody has to
 * @param tls the certificate to show; empty for plain HTTP
 */
public record ConsoleSettings(
        String host,
        int port,
        List<String> names,
        Contents contents,
        Map<String, User> users,
        Optional<KeyStoreFile> tls) {

    /** Only this machine, and no contents. */
    public static final ConsoleSettings DEFAULT =
            new ConsoleSettings("127.0.0.1", 8080, List.of(), Contents.HIDDEN, Map.of(), Optional.empty());

    private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "[::]");

    /** Whether records are shown. */
    public enum Contents {
        /** Where they are and what became of them, not what is in them. */
        HIDDEN,
        /** Keys and values too. */
        SHOWN
    }

    /** Checks what concerns several values at once. */
    public ConsoleSettings {
        names = List.copyOf(names);
        users = Map.copyOf(users);
        if (host.isBlank()) {
            throw new InvalidSettingException("host", "is empty; name an address of this machine, such as 127.0.0.1");
        }
        if (!isLoopback(host)) {
            requireProtection(host, users, tls);
            if (ALL_ADDRESSES.contains(host) && names.isEmpty()) {
                throw new InvalidSettingException(
                        "names",
                        "is missing; with host " + host + " list the names by which browsers reach the console, such as"
                                + " [console.example.com], so that it can refuse requests meant for another site");
            }
        }
    }

    private static void requireProtection(String host, Map<String, User> users, Optional<KeyStoreFile> tls) {
        if (users.isEmpty()) {
            throw new InvalidSettingException(
                    "host",
                    "is " + host
                            + ", where others than this machine reach the console, but nobody has to log in; add users,"
                            + " or listen on 127.0.0.1");
        }
        if (tls.isEmpty()) {
            throw new InvalidSettingException(
                    "host",
                    "is " + host
                            + ", where others than this machine reach the console, but passwords would cross the network"
                            + " in clear; add tls, or listen on 127.0.0.1");
        }
    }

    /** Names are not looked up, since what a resolver says may change after it was asked. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.matches("\\[?::1]?");
    }

    /**
     * Tells whether a request was meant for this console.
     *
     * @param name the host of the request, without the port
     * @return whether browsers are told to reach the console by it
     */
    public boolean isReachedBy(String name) {
        String plain = withoutBrackets(name.toLowerCase(Locale.ROOT));
        return names.stream().map(ConsoleSettings::withoutBrackets).anyMatch(plain::equalsIgnoreCase)
                || (isLoopback(host) ? isLoopback(plain) : plain.equalsIgnoreCase(withoutBrackets(host)));
    }

    /** Addresses of version 6 have brackets where a port may follow, and none elsewhere. */
    private static String withoutBrackets(String name) {
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }
}
