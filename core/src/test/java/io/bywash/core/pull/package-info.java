/** Streams of readers without a Kafka client: the test plays the poll thread. */
package io.bywash.core.pull;
