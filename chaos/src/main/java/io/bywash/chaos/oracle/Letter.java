package io.bywash.chaos.oracle;

/**
 * A dead letter.
 *
 * @param source where its record was
 * @param content what it holds; the time is that of its record, as the letter tells it
 * @param omitted how many bytes of value were left out, as the broker found the letter too large; -1 if it is whole
 * @param millis when the broker took it, in milliseconds since 1970
 */
record Letter(Position source, Entry content, int omitted, long millis) {}
