/**
 * Certificates for tests: an authority of one's own, servers, clients, and the kinds that must be refused. Knows nothing
 * of Kafka.
 */
package io.bywash.testkit.tls;
