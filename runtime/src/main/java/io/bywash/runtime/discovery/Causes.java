package io.bywash.runtime.discovery;

import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Says in one line why something cannot be created. Guice says it in pages, with headings, sources and a legend. */
final class Causes {
    private Causes() {}

    static String text(Throwable cause) {
        Collection<Message> messages = messages(cause);
        return messages.isEmpty()
                ? cause.toString()
                : messages.stream().map(Causes::text).distinct().collect(Collectors.joining("; "));
    }

    private static Collection<Message> messages(Throwable cause) {
        if (cause instanceof CreationException creation) {
            return creation.getErrorMessages();
        }
        if (cause instanceof ConfigurationException configuration) {
            return configuration.getErrorMessages();
        }
        return cause instanceof ProvisionException provision ? provision.getErrorMessages() : List.of();
    }

    private static String text(Message message) {
        return message.getCause() == null
                ? message.getMessage().lines().findFirst().orElse("").trim()
                : message.getCause().toString();
    }
}
