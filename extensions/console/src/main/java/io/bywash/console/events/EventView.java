package io.bywash.console.events;

import java.util.List;

/**
 * Something that happened to a consumer.
 *
 * @param at when it was heard of
 * @param type what kind of event it is
 * @param failure whether something went wrong
 * @param text what happened, on one line
 * @param claimed partitions that came, at the end of a rebalance; the first of very many
 * @param claimedCount how many came
 * @param released partitions that went, at the end of a rebalance; the first of very many
 * @param releasedCount how many went
 */
public record EventView(
        String at,
        String type,
        boolean failure,
        String text,
        List<String> claimed,
        int claimedCount,
        List<String> released,
        int releasedCount) {}
