package io.bywash.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * All that stands under {@code bywash}.
 *
 * @param startupTimeout how long {@code run} waits for its consumers to join their groups; empty to wait for ever
 * @param handlerJars where handler jars are dropped, and what they share with Bywash
 * @param defaults the settings of consumers that say nothing else
 * @param kafka the properties of all Kafka clients, those of {@code bywash.auth} included
 * @param consumers the consumers that are described, by name
 */
public record BywashSettings(
        Optional<Duration> startupTimeout,
        HandlerJars handlerJars,
        ConsumerOptions defaults,
        ClientProperties kafka,
        List<ConsumerBlock> consumers) {}
