/** A provider of OAuth tokens for tests, on loopback. Knows nothing of Kafka. */
package io.bywash.testkit.oauth;
