/** A Kafka cluster whose brokers are processes. Used by the trials. */
package io.bywash.chaos.cluster;
