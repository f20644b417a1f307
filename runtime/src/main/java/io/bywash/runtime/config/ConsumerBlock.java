package io.bywash.runtime.config;

import io.bywash.core.settings.Subscription;
import java.util.Map;
import java.util.Optional;

/**
 * A consumer as {@code bywash.consumers} describes it.
 *
 * @param name the name of the block
 * @param where the file and line of the group, or of the block if it names none
 * @param group the group it belongs to
 * @param subscription which topics it reads; empty if that could not be read
 * @param handlers the handlers of single topics, by topic
 * @param handler the handler of all other topics
 * @param options its other settings
 * @param kafka the properties of its Kafka clients, those of {@code bywash.auth} included
 */
public record ConsumerBlock(
        String name,
        String where,
        String group,
        Optional<Subscription> subscription,
        Map<String, HandlerReference> handlers,
        Optional<HandlerReference> handler,
        ConsumerOptions options,
        ClientProperties kafka) {}
