package io.bywash.distribution;

/** How a command ended. */
record Ended(int code, String out, String err) {}
