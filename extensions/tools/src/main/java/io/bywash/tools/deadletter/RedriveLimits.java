package io.bywash.tools.deadletter;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How far a redrive goes.
 *
 * @param perSecond the most letters in a second, from 1; empty for as fast as the broker takes them
 * @param most the most letters in all, from 1; empty for all
 * @param redrives how often one record may come back in all, from 1
 */
public record RedriveLimits(OptionalInt perSecond, OptionalLong most, int redrives) {

    /** No limit of speed or number; a record may come back three times. */
    public static final RedriveLimits DEFAULT = new RedriveLimits(OptionalInt.empty(), OptionalLong.empty(), 3);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is less than 1
     */
    public RedriveLimits {
        require("the letters per second", perSecond.orElse(1));
        require("the number of letters", most.orElse(1));
        require("the number of redrives of one record", redrives);
    }

    private static void require(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, not " + value);
        }
    }
}
