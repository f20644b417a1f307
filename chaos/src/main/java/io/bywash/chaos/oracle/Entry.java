package io.bywash.chaos.oracle;

/**
 * What a record holds.
 *
 * @param key its key, empty if it has none
 * @param value its value as text
 * @param headers its headers as text, without those of Bywash
 * @param timestamp its time, in milliseconds since 1970
 */
public record Entry(String key, String value, String headers, long timestamp) {}
