/**
 * TLS and SASL settings as immutable values, checked before any connection and turned into Kafka client properties.
 *
 * <p>{@link io.bywash.auth.AuthSettings} is the entry point. Any Kafka client can use the result; the package depends
 * on kafka-clients alone.
 */
package io.bywash.auth;
