package io.bywash.auth;

import org.apache.kafka.common.config.types.Password;

/** A JAAS login module with options, in the syntax of {@code sasl.jaas.config}. Used by one thread. */
final class JaasEntry {
    private final StringBuilder text;

    JaasEntry(String loginModule) {
        text = new StringBuilder(loginModule).append(" required");
    }

    /** Adds an option; the name must be a bare word, the value may be anything. */
    JaasEntry option(String name, String value) {
        text.append(' ').append(name).append("=\"");
        value.chars().forEach(this::appendQuoted);
        text.append('"');
        return this;
    }

    /** Kafka's parser ends a quoted value at a quote or a line break, and unescapes after a backslash. */
    private void appendQuoted(int c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append((char) c);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            default -> text.append((char) c);
        }
    }

    Password toPassword() {
        return new Password(text + ";");
    }
}
