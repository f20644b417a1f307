/**
 * The poll thread: it owns the Kafka consumer, the assignment, the pauses and the commits. It runs no code of users, waits for
 * nobody except through {@link io.bywash.core.thread.Waiting}, and shares nothing but sessions with those who take records.
 */
package io.bywash.core.poll;
