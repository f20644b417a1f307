/** The command {@code dev}: an embedded broker, live traffic, and a self-check. Brings a broker along, so it stays out of production. */
package io.bywash.dev;
