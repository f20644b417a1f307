package io.bywash.core.commit;

import io.bywash.core.settings.MetadataLimits;

/**
 * How much text may go with the offsets. A broker that refuses as much as was sent is sent half of it from then on: what is left out
 * costs a repetition after a crash, a commit that fails for ever costs everything. Belongs to the poll thread.
 */
final class MetadataBudget {
    private int perPartition;
    private int perRequest;

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

    /** What is left of one request. */
    final class Request {
        private int left = perRequest;

        int allowance() {
            return Math.min(perPartition, left);
        }

        void used(int chars) {
            left = Math.max(0, left - chars);
        }
    }
}
