package io.bywash.core.commit;

import io.bywash.core.settings.MetadataLimits;

/**
 * How much text may go with the offsets. A broker that refuses as much as was sent is sent half of it from then on: what is left out
 * costs a repetition after a crash, a commit that fails for ever costs everything. If even what is never left out is too much, nothing
 * is told at all. Belongs to the poll thread.
 */
final class MetadataBudget {
    private int perPartition;
    private int perRequest;
    private boolean silent;

    MetadataBudget(MetadataLimits limits) {
        perPartition = (int) limits.perPartition();
        perRequest = (int) limits.perRequest();
    }

    Request request() {
        return new Request();
    }

    /** Returns whether there was anything left to halve. */
    boolean halve() {
        boolean reducible = perPartition > 0;
        perPartition /= 2;
        perRequest /= 2;
        return reducible;
    }

    /** Has nothing told from now on but the text of the application; returns whether that is less than before. */
    boolean silence() {
        boolean reducible = !silent;
        silent = true;
        return reducible;
    }

    /** What is left of one request. */
    final class Request {
        private int left = perRequest;

        boolean isSilent() {
            return silent;
        }

        int allowance() {
            return Math.min(perPartition, left);
        }

        void used(int chars) {
            left = Math.max(0, left - chars);
        }
    }
}
