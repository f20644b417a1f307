package io.bywash.chaos.oracle;

/**
 * A dead letter.
 *
 * @param source where its record was
 * @param value its value as text
 * @param omitted how many bytes of value were left out, as the broker found the letter too large; 0 if none
 * @param millis when the broker took it, in milliseconds since 1970
 */
record Letter(Position source, String value, int omitted, long millis) {}
