package io.bywash.dev;

/** What is wrong with a record of the traffic, if anything. */
enum Sent {
    /** An order like any other. */
    GOOD,
    /** Not an order at all: no attempt can help. */
    POISON,
    /** An order that the database refuses at every attempt. */
    FAILING
}
