package io.bywash.chaos.oracle;

/**
 * A dead letter.
 *
 * @param source where its record was
 * @param value its value as text
 * @param millis when the broker took it, in milliseconds since 1970
 */
record Letter(Position source, String value, long millis) {}
