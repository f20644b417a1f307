/** The ways to consume that are measured. Used by whoever runs them, who gives each a process with the Kafka clients it wants. */
package io.bywash.benchmarks.subject;
