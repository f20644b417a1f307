package io.bywash.core.ledger;

import java.util.Optional;

/**
 * What may be committed: every record below it is complete.
 *
 * @param offset the offset of the first record that is not complete, or the position after the last one delivered
 * @param leaderEpoch the leader epoch of what is the last below {@code offset}, if the broker told it
 * @param done what is complete beyond {@code offset}
 * @param text what the application wants to be kept with the offset
 */
public record Frontier(long offset, Optional<Integer> leaderEpoch, DoneRanges done, Optional<String> text) {}
