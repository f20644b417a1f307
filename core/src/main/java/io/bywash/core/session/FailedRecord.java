package io.bywash.core.session;

/**
 * What is known of a record that has failed and is not complete. It is handed to the next owner with the last commit, so that
 * attempts are not begun anew at every rebalance.
 *
 * @param offset the record
 * @param attempts how often it has failed, from 1
 * @param halted whether the partition stopped at it
 */
public record FailedRecord(long offset, int attempts, boolean halted) {}
