package io.bywash.chaos.oracle;

/**
 * A dead letter.
 *
 * @param source where its record was
 * @param value its value as text
 */
record Letter(Position source, String value) {}
