package io.bywash.chaos.oracle;

/**
 * A record as the final read found it.
 *
 * @param key its key, empty if it has none
 * @param value its value as text
 */
public record Entry(String key, String value) {}
