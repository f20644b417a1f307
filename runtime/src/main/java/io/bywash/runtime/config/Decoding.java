package io.bywash.runtime.config;

import java.util.Optional;

/**
 * The deserialisers a consumer is told to use instead of those that fit its handlers' types.
 *
 * @param key the class name for keys
 * @param value the class name for values
 */
public record Decoding(Optional<String> key, Optional<String> value) {}
