/**
 * A Kafka cluster inside the JVM, for tests and for trying things out. {@link io.bywash.testkit.EmbeddedKafka} is the
 * way in; {@link io.bywash.testkit.junit.EmbeddedKafkaExtension} puts it under JUnit.
 */
package io.bywash.testkit;
