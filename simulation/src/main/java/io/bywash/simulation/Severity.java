package io.bywash.simulation;

import io.bywash.simulation.schedule.Chance;

/** How bad a run is: nothing goes wrong, one kind of thing does, or many do. Kinds are counted as they are asked for. */
final class Severity {
    private static final int KINDS = 26;

    private final Chance chance;
    private final Extent extent;
    private final int only;
    private int asked;

    private enum Extent {
        NOTHING,
        ONE_KIND,
        MANY_KINDS
    }

    Severity(Chance chance) {
        this.chance = chance;
        this.extent = chance.happens(0.1) ? Extent.NOTHING : chance.happens(0.3) ? Extent.ONE_KIND : Extent.MANY_KINDS;
        this.only = chance.below(KINDS);
    }

    /** Draws the rate of the next kind, up to a highest one. */
    double rate(double highest) {
        double share = (1 + chance.below(10)) / 10.0;
        boolean occurs = switch (extent) {
            case NOTHING -> false;
            case ONE_KIND -> asked == only;
            case MANY_KINDS -> chance.happens(0.6);
        };
        asked++;
        return occurs ? share * highest : 0;
    }
}
